// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.Hook;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** The network interfaces of this process's network namespace. */
final class NetworkInterfaces {
    static final Param INTERFACE = Param.of(
                    EbpfOperator.PREFIX, "iface", ParamType.STRING, "", "Network interface to attach to")
            .withTitle("Interface", "advanced", "group:eBPF");

    private NetworkInterfaces() {}

    /** An interface that there is. */
    record Known(String name, int index) {}

    /** Whether a gadget has programs that attach to interfaces. */
    static boolean areNeeded(ObjectFile object, List<Job> jobs) {
        for (ProgramSpec program : object.programs()) {
            if (isForInterfaces(program.section().hook())) {
                return true;
            }
        }
        for (Job job : jobs) {
            for (Job.Variant variant : job.variants()) {
                for (Job.Part part : variant.parts()) {
                    if (isForInterfaces(part.hook())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isForInterfaces(Hook hook) {
        return hook == Hook.TC_INGRESS
                || hook == Hook.TC_EGRESS
                || hook == Hook.TCX_INGRESS
                || hook == Hook.TCX_EGRESS
                || hook == Hook.XDP;
    }

    /**
     * Finds an interface.
     *
     * @throws BpfException when there is none of that name
     */
    static Known find(String name) {
        List<Known> all = all();
        List<String> names = new ArrayList<>();
        for (Known known : all) {
            if (known.name.equals(name)) {
                return known;
            }
            names.add(known.name);
        }
        throw new BpfException("there is no network interface \"" + name + "\", only " + String.join(", ", names));
    }

    /** The name of one that there is. */
    static String example() {
        List<Known> all = all();
        return all.isEmpty() ? "eth0" : all.getFirst().name;
    }

    private static List<Known> all() {
        List<Known> all = new ArrayList<>();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                all.add(new Known(each.getName(), each.getIndex()));
            }
        } catch (SocketException unreadable) {
            throw new BpfException("network interfaces cannot be listed: " + unreadable.getMessage(), unreadable);
        }
        return all;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.Mapping;
import dev.jig.bpf.sys.SystemCallException;

/** Creates maps to see whether the kernel has them. */
final class MapProbe {
    private MapProbe() {}

    static Availability systemCall() {
        try {
            BpfMap.create(MapDefinition.of("jig_probe", MapType.ARRAY, 4, 4, 1)).close();
            return Availability.yes("this process may use bpf(2)");
        } catch (SystemCallException refused) {
            return Availability.no(explain(refused.errno()));
        }
    }

    /** Which of the guards before the map itself refuses. */
    static String explain(Errno errno) {
        if (errno.equals(Errno.EPERM) || errno.equals(Errno.EACCES)) {
            return "bpf(2) is forbidden to this process (" + errno.symbol()
                    + "): run as root or with CAP_BPF and CAP_PERFMON; in a container also let its seccomp profile allow bpf";
        }
        if (errno.symbol().equals("ENOSYS")) {
            return "this kernel has no bpf(2): use one built with CONFIG_BPF_SYSCALL=y";
        }
        return "the kernel refused to create the smallest map (" + errno.symbol() + ")";
    }

    static Availability ringBuffer() {
        Availability allowed = systemCall();
        if (!allowed.available()) {
            return allowed;
        }
        try {
            BpfMap.create(MapDefinition.of("jig_probe", MapType.RINGBUF, 0, 0, Mapping.PAGE_SIZE))
                    .close();
            return Availability.yes("the kernel has ring buffers");
        } catch (SystemCallException refused) {
            return Availability.no("this kernel has no ring buffers ("
                    + refused.errno().symbol() + "): use Linux 5.8 or later, or programs that write to perf buffers");
        }
    }
}

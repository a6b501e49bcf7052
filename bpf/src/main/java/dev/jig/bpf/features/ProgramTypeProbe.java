// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.ProgramDefinition;
import dev.jig.bpf.program.ProgramDefinition.AttachTarget;
import dev.jig.bpf.program.VerifierException;
import java.util.function.Supplier;

/** Loads programs of each type with what the type demands when loading. */
final class ProgramTypeProbe {
    private static final int BPF_F_SLEEPABLE = 1 << 4;

    private final Supplier<KernelBtf> types;

    ProgramTypeProbe(Supplier<KernelBtf> types) {
        this.types = types;
    }

    Availability probe(ProgramType type) {
        try {
            BpfProgram.load(definition(type)).close();
            return Availability.yes("the kernel loads programs of type " + type);
        } catch (VerifierException refused) {
            return Availability.no("the kernel does not load programs of type " + type + " ("
                    + refused.errno().symbol() + "): "
                    + (refused.detail().isEmpty() ? lastLine(refused.log()) : refused.detail()));
        } catch (BpfException absent) {
            return Availability.no("programs of type " + type + " cannot be loaded: " + absent.getMessage());
        }
    }

    Availability probeHelper(ProgramType type, int helper) {
        Availability loads = probe(type);
        if (!loads.available()) {
            return loads;
        }
        String name = Helper.name(helper).orElse("helper " + helper);
        boolean known = HelperProbe.isKnown(definition(type), helper);
        return known
                ? Availability.yes("programs of type " + type + " may call " + name)
                : Availability.no(
                        "this kernel does not let programs of type " + type + " call " + name + ": use a newer kernel");
    }

    private static String lastLine(String log) {
        String text = log.strip();
        int statistics = text.lastIndexOf("\nprocessed ");
        String reason = statistics < 0 ? text : text.substring(0, statistics);
        return reason.isEmpty() ? "no reason given" : reason.substring(reason.lastIndexOf('\n') + 1);
    }

    private ProgramDefinition definition(ProgramType type) {
        ProgramDefinition plain = TinyPrograms.of(type);
        return switch (type) {
            case TRACING -> targeted(plain, AttachType.TRACE_RAW_TP, "btf_trace_sched_process_exit", BtfKind.TYPEDEF);
            case LSM -> targeted(plain, AttachType.LSM_MAC, "bpf_lsm_syslog", BtfKind.FUNCTION);
            case CGROUP_SOCK_ADDR -> plain.withTarget(AttachType.CGROUP_INET4_CONNECT.number(), AttachTarget.NONE, 0);
            case CGROUP_SOCKOPT -> plain.withTarget(AttachType.CGROUP_GETSOCKOPT.number(), AttachTarget.NONE, 0);
            case SK_LOOKUP -> plain.withTarget(AttachType.SK_LOOKUP.number(), AttachTarget.NONE, 0);
            case NETFILTER -> plain.withTarget(AttachType.NETFILTER.number(), AttachTarget.NONE, 0);
            case SYSCALL -> plain.withTarget(0, AttachTarget.NONE, BPF_F_SLEEPABLE);
            case UNSPECIFIED, STRUCT_OPS, EXTENSION ->
                throw new BpfException("such programs are parts of others and cannot be tried on their own");
            default -> plain;
        };
    }

    private ProgramDefinition targeted(ProgramDefinition plain, AttachType attachType, String name, BtfKind kind) {
        int type = types.get()
                .find(name, kind)
                .orElseThrow(() -> new BpfException("this kernel's BTF has no " + name + " to try them with"));
        return plain.withTarget(attachType.number(), new AttachTarget(type, 0), 0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.link.BpfLink;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.link.Probes;
import dev.jig.bpf.link.TraceFs;
import dev.jig.bpf.link.Tracepoints;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.ProgramDefinition;
import dev.jig.bpf.program.ProgramDefinition.AttachTarget;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCallException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** Attaches programs that do nothing, for a moment, to places that are seldom reached. */
final class AttachProbe {
    /** Functions that are no way of anything frequent; the first is there for tests of trampolines. */
    private static final List<String> FUNCTIONS =
            List.of("bpf_fentry_test1", "vprintk", "kernel_halt", "do_init_module", "ksys_sync");

    private AttachProbe() {}

    static Availability rawTracepoint() {
        return attach(
                TinyPrograms.of(ProgramType.RAW_TRACEPOINT),
                program -> BpfLink.rawTracepoint(program, "sched_process_exit"),
                "raw tracepoints",
                "use Linux 4.17 or later, as root");
    }

    static Availability tracepoint() {
        try (TraceFs traceFs = TraceFs.open()) {
            return attach(
                    TinyPrograms.of(ProgramType.TRACEPOINT),
                    program -> new Tracepoints(traceFs).attach(program, "sched", "sched_process_exit"),
                    "tracepoints",
                    "use a kernel built with CONFIG_BPF_EVENTS=y, as root");
        } catch (BpfException absent) {
            return Availability.no(String.valueOf(absent.getMessage()));
        }
    }

    static Availability kernelProbe() {
        if (!Probes.hasKernelProbes()) {
            return Availability.no(
                    "this kernel cannot probe its functions: use one built with CONFIG_KPROBE_EVENTS=y, or"
                            + " programs for tracepoints");
        }
        return attach(
                TinyPrograms.of(ProgramType.KPROBE),
                program -> new Probes(Kernel.architecture()).kernel(program, "vprintk", 0, Probes.Point.ENTRY),
                "kprobes",
                lockdownRemedy());
    }

    static Availability trampoline(KernelBtf kernel) {
        for (String function : FUNCTIONS) {
            OptionalInt type = kernel.find(function, BtfKind.FUNCTION);
            if (type.isPresent()) {
                return tracing(AttachType.TRACE_FENTRY, type.getAsInt(), "trampolines (fentry, fexit)");
            }
        }
        return Availability.no("none of the functions that trampolines are tried with is in this kernel's BTF");
    }

    static Availability typedTracepoint(KernelBtf kernel) {
        OptionalInt type = kernel.find("btf_trace_sched_process_exit", BtfKind.TYPEDEF);
        return type.isPresent()
                ? tracing(AttachType.TRACE_RAW_TP, type.getAsInt(), "typed tracepoints (tp_btf)")
                : Availability.no("this kernel's BTF has no tracepoints: use one built with CONFIG_TRACEPOINTS=y");
    }

    private static Availability tracing(AttachType attachType, int type, String what) {
        ProgramDefinition definition =
                TinyPrograms.of(ProgramType.TRACING).withTarget(attachType.number(), new AttachTarget(type, 0), 0);
        return attach(definition, BpfLink::tracing, what, lockdownRemedy());
    }

    static Availability securityHook(KernelBtf kernel) {
        OptionalInt type = kernel.find("bpf_lsm_syslog", BtfKind.FUNCTION);
        if (type.isEmpty()) {
            return Availability.no(
                    "this kernel has no security hooks for programs: use one built with CONFIG_BPF_LSM=y");
        }
        if (!KernelFeatures.isActiveModule("bpf")) {
            return Availability.no(
                    "programs at security hooks would never run: add bpf to the kernel's command line option"
                            + " lsm= and restart");
        }
        ProgramDefinition definition = TinyPrograms.of(ProgramType.LSM)
                .withTarget(AttachType.LSM_MAC.number(), new AttachTarget(type.getAsInt(), 0), 0);
        return attach(definition, BpfLink::tracing, "security hooks (LSM)", lockdownRemedy());
    }

    /** Whether the kernel loads a program for one function, tracepoint or security hook; nothing is attached to it. */
    static Availability target(ProgramType type, AttachType attachType, int function) {
        ProgramDefinition definition =
                TinyPrograms.of(type).withTarget(attachType.number(), new AttachTarget(function, 0), 0);
        try (BpfProgram program = BpfProgram.load(definition)) {
            return Availability.yes("the kernel takes programs for it");
        } catch (SystemCallException refused) {
            return Availability.no("the kernel refuses programs for it (" + refused.action() + ": "
                    + refused.errno().symbol() + ")");
        } catch (BpfException refused) {
            return Availability.no("the kernel refuses programs for it (" + refused.getMessage() + ")");
        }
    }

    private static Availability attach(
            ProgramDefinition definition, Function<BpfProgram, Link> attach, String what, String remedy) {
        try (BpfProgram program = BpfProgram.load(definition);
                Link link = attach.apply(program)) {
            return Availability.yes("programs attach to " + what);
        } catch (SystemCallException refused) {
            return Availability.no("programs cannot attach to " + what + " (" + refused.action() + ": "
                    + refused.errno().symbol() + "): " + remedy);
        } catch (BpfException refused) {
            return Availability.no("programs cannot attach to " + what + " (" + refused.getMessage() + "): " + remedy);
        }
    }

    private static String lockdownRemedy() {
        return switch (Lockdown.running()) {
            case INTEGRITY, CONFIDENTIALITY ->
                "the kernel is locked down; use programs for tracepoints, or a kernel that is not";
            case NONE -> "run as root, on a kernel built with CONFIG_FUNCTION_TRACER=y and CONFIG_BPF_EVENTS=y";
            case UNKNOWN ->
                "run as root; a kernel that is locked down (it does not say) or built without CONFIG_FUNCTION_TRACER has"
                        + " only tracepoints";
        };
    }
}

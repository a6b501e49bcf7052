// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.object.AttachType;
import dev.jig.bpf.object.ProgramType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the running kernel offers to this process. Each question is answered by trying the thing for real, once, when it is asked for the first time: version
 * numbers and files prove nothing, as distributions take features back and forth and security modules forbid them.
 */
public final class KernelFeatures {
    private final Supplier<KernelBtf> types;
    private final Map<String, Availability> answers = new HashMap<>();

    /** The running kernel. */
    public KernelFeatures() {
        this(() -> KernelBtf.open(Optional.empty()));
    }

    /**
     * @param types opens the kernel's types, which few questions need; fails with a {@link BpfException} where there are none
     */
    public KernelFeatures(Supplier<KernelBtf> types) {
        this.types = types;
    }

    /** Whether this process may use {@code bpf(2)} at all. */
    public Availability systemCall() {
        return answer("bpf(2)", MapProbe::systemCall);
    }

    /** Whether the kernel tells its types, without which programs cannot adapt to it. */
    public Availability kernelTypes() {
        return answer("BTF", this::findTypes);
    }

    /** Whether there are ring buffers (Linux 5.8). */
    public Availability ringBuffer() {
        return answer("ring buffer", MapProbe::ringBuffer);
    }

    /** Whether programs can be attached to any function of the kernel (kprobes). */
    public Availability kernelProbes() {
        return answer("kprobe", AttachProbe::kernelProbe);
    }

    /** Whether programs can be attached to functions of the kernel by trampolines (fentry, fexit). */
    public Availability trampolines() {
        return answer("fentry", () -> withTypes(AttachProbe::trampoline));
    }

    /** Whether programs can be attached to tracepoints of the kernel by their types (tp_btf). */
    public Availability typedTracepoints() {
        return answer("tp_btf", () -> withTypes(AttachProbe::typedTracepoint));
    }

    /** Whether programs can be attached to raw tracepoints. */
    public Availability rawTracepoints() {
        return answer("raw_tp", AttachProbe::rawTracepoint);
    }

    /** Whether programs can be attached to static tracepoints. */
    public Availability tracepoints() {
        return answer("tracepoint", AttachProbe::tracepoint);
    }

    /** Whether programs can be attached to security hooks (LSM). */
    public Availability securityHooks() {
        return answer("lsm", () -> withTypes(AttachProbe::securityHook));
    }

    /**
     * Whether the kernel takes programs for one of the places that it has types of: functions, tracepoints, security hooks. It keeps some to itself.
     *
     * @param function id of the place's type in the kernel's own types
     */
    public Availability target(ProgramType type, AttachType attachType, int function) {
        return answer(
                type.name() + " " + attachType.name() + " at " + function,
                () -> AttachProbe.target(type, attachType, function));
    }

    /** Whether the kernel loads programs of this type. */
    public Availability programType(ProgramType type) {
        return answer(type.name(), () -> new ProgramTypeProbe(types).probe(type));
    }

    /**
     * Whether programs of this type may call a helper.
     *
     * @param helper number of {@code enum bpf_func_id}
     */
    public Availability helper(ProgramType type, int helper) {
        return answer(type.name() + " " + helper, () -> new ProgramTypeProbe(types).probeHelper(type, helper));
    }

    /** How far the kernel is locked down. */
    public Lockdown lockdown() {
        return Lockdown.running();
    }

    private synchronized Availability answer(String question, Supplier<Availability> probe) {
        Availability known = answers.get(question);
        if (known == null) {
            known = probe.get();
            answers.put(question, known);
        }
        return known;
    }

    private Availability findTypes() {
        try {
            return Availability.yes(
                    "the kernel tells its " + types.get().kernel().typeCount() + " types");
        } catch (BpfException absent) {
            return Availability.no(absent.getMessage()
                    + "; use a kernel built with CONFIG_DEBUG_INFO_BTF=y, or an image that brings its types along");
        }
    }

    private Availability withTypes(TypedProbe probe) {
        Availability known = kernelTypes();
        return known.available() ? probe.run(types.get()) : known;
    }

    /** A probe that looks for its target among the kernel's types. */
    private interface TypedProbe {
        Availability run(KernelBtf kernel);
    }

    /** Whether a security module that keeps programs away from hooks of its own is among those that are active. */
    static boolean isActiveModule(String module) {
        return SecurityModules.active().map(active -> active.contains(module)).orElse(true);
    }
}

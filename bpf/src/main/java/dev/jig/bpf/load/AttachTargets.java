// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.NearestName;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.object.SectionName;
import dev.jig.bpf.program.ProgramDefinition.AttachTarget;

/** Finds the types that tracing programs are loaded for: in the kernel itself, else in its modules. */
final class AttachTargets {
    private final KernelTypes kernel;
    private final ModuleTypes modules;

    AttachTargets(KernelTypes kernel, ModuleTypes modules) {
        this.kernel = kernel;
        this.modules = modules;
    }

    /**
     * What a program of this section attaches to; none for hooks that are chosen only when attaching.
     *
     * @throws BpfException when the kernel and its modules have no such thing
     */
    AttachTarget of(SectionName section) {
        String target = section.target();
        return switch (section.hook()) {
            case TP_BTF -> find(section, "btf_trace_" + target, BtfKind.TYPEDEF, "tracepoint");
            case FENTRY, FEXIT, FMOD_RET, FSESSION -> find(section, target, BtfKind.FUNCTION, "traceable function");
            case LSM, LSM_CGROUP -> find(section, "bpf_lsm_" + target, BtfKind.FUNCTION, "LSM hook");
            case ITER -> find(section, "bpf_iter_" + target, BtfKind.FUNCTION, "iterator");
            default -> AttachTarget.NONE;
        };
    }

    private AttachTarget find(SectionName section, String typeName, BtfKind kind, String what) {
        KernelBtf.Location location = kernel.running()
                .findAnywhere(typeName, kind)
                .orElseThrow(() -> new BpfException("section \"" + section.text() + "\": this kernel has no " + what
                        + " \"" + section.target() + "\" (no " + typeName + " in its BTF)"
                        + nearest(
                                typeName.substring(
                                        0, typeName.length() - section.target().length()),
                                kind,
                                section)));
        return new AttachTarget(location.type(), modules.number(location.module()));
    }

    /** What the kernel has that is most like it, at the end of a message. */
    private String nearest(String prefix, BtfKind kind, SectionName section) {
        Btf types = kernel.running().kernel();
        NearestName nearest = new NearestName(section.target());
        for (int id = types.firstId(); id < types.typeCount(); id++) {
            if (types.kind(id) == kind) {
                String name = types.name(id);
                if (name.startsWith(prefix)) {
                    nearest.consider(name.substring(prefix.length()));
                }
            }
        }
        return nearest.hint();
    }
}

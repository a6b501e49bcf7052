// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.features.KernelSymbols;
import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.Reference;
import dev.jig.bpf.object.SectionName;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.ProgramDefinition;
import dev.jig.bpf.program.ProgramDefinition.AttachTarget;
import dev.jig.bpf.program.ProgramDefinition.DebugInfo;
import dev.jig.bpf.program.VerifierException;
import java.util.List;

/** Fills in what linked programs refer to, and loads them. */
final class ProgramLoader {
    private static final int BPF_F_SLEEPABLE = 1 << 4;

    private final ObjectFile object;
    private final LoadedObject loaded;
    private final KernelTypes kernel;

    ProgramLoader(ObjectFile object, LoadedObject loaded, KernelTypes kernel) {
        this.object = object;
        this.loaded = loaded;
        this.kernel = kernel;
    }

    void load(LinkedProgram linked) {
        Bytecode code = linked.code();
        linked.references().forEach(reference -> fillIn(reference, code));
        SectionName section = linked.section();
        ProgramDefinition definition = new ProgramDefinition(
                linked.name(),
                section.type().number(),
                section.expectedAttachType(),
                code.array(),
                object.license(),
                KernelVersion.running().code(),
                section.sleepable() ? BPF_F_SLEEPABLE : 0,
                attachTarget(section),
                DebugInfo.NONE,
                List.of());
        try {
            loaded.add(linked.program(), BpfProgram.load(definition));
        } catch (VerifierException refused) {
            throw ProgramRejectedException.explain(linked, refused);
        }
    }

    private AttachTarget attachTarget(SectionName section) {
        String target = section.target();
        return switch (section.hook()) {
            case TP_BTF -> kernel.attachTarget("btf_trace_" + target, BtfKind.TYPEDEF);
            case FENTRY, FEXIT, FMOD_RET -> kernel.attachTarget(target, BtfKind.FUNCTION);
            case LSM, LSM_CGROUP -> kernel.attachTarget("bpf_lsm_" + target, BtfKind.FUNCTION);
            case ITER -> kernel.attachTarget("bpf_iter_" + target, BtfKind.FUNCTION);
            default -> AttachTarget.NONE;
        };
    }

    // Not a pattern switch: its bootstrap would cost a millisecond of each start.
    private void fillIn(Reference reference, Bytecode code) {
        if (reference instanceof Reference.ToMap map) {
            setDescriptor(code, map.instruction(), map.map());
        } else if (reference instanceof Reference.ToData data) {
            setDescriptor(code, data.instruction(), data.section());
        } else if (reference instanceof Reference.ToConfiguration configuration) {
            setDescriptor(code, configuration.instruction(), ".kconfig");
        } else if (reference instanceof Reference.ToKernelSymbol symbol) {
            code.setWideImmediate(symbol.instruction(), address(symbol));
        } else if (reference instanceof Reference.ToTypedSymbol symbol) {
            throw unsupported("typed kernel symbol", symbol.name());
        } else if (reference instanceof Reference.ToKernelFunction function) {
            throw unsupported("kernel function", function.name());
        }
    }

    private void setDescriptor(Bytecode code, int instruction, String map) {
        code.setImmediate(instruction, loaded.requireMap(map).descriptor().number());
    }

    private static long address(Reference.ToKernelSymbol symbol) {
        return KernelSymbols.running().address(symbol.name()).orElseGet(() -> {
            if (symbol.weak()) {
                return 0L;
            }
            throw new BpfException("this kernel has no symbol \"" + symbol.name() + "\"");
        });
    }

    private static BpfException unsupported(String kind, String name) {
        return new BpfException("the " + kind + " \"" + name + "\" cannot be resolved: not supported");
    }
}

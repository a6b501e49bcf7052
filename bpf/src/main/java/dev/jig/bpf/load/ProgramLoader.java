// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.features.HelperProbe;
import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.object.Reference;
import dev.jig.bpf.object.SectionName;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.ProgramDefinition;
import dev.jig.bpf.program.VerifierException;
import java.util.HashMap;
import java.util.Map;

/** Fills in what linked programs refer to, and loads them. */
final class ProgramLoader {
    private static final int BPF_F_SLEEPABLE = 1 << 4;

    private final LoadedObject loaded;
    private final ObjectFile object;
    private final KernelTypes kernel;
    private final LoadedTypes types;
    private final ModuleTypes modules;
    private final int kernelVersion = KernelVersion.running().code();

    ProgramLoader(LoadedObject loaded, KernelTypes kernel, LoadedTypes types, ModuleTypes modules) {
        this.loaded = loaded;
        this.object = loaded.object();
        this.kernel = kernel;
        this.types = types;
        this.modules = modules;
    }

    void load(LinkedProgram linked) {
        Bytecode code = linked.code();
        ExternWriter externs = new ExternWriter(object, kernel, modules);
        for (Reference reference : linked.references()) {
            fillIn(reference, code, externs);
        }
        SectionName section = linked.section();
        ProgramDefinition definition = new ProgramDefinition(
                linked.name(),
                section.type().number(),
                section.expectedAttachType(),
                code.array(),
                object.license(),
                kernelVersion,
                section.sleepable() ? BPF_F_SLEEPABLE : 0,
                new AttachTargets(kernel, modules).of(section),
                types.ofProgram(linked),
                externs.descriptors());
        try {
            loaded.add(linked.program(), load(definition, code));
        } catch (VerifierException refused) {
            throw ProgramRejectedException.explain(linked, refused, types.refusal());
        }
    }

    /** Old kernels lack helpers that others can stand in for; what they lack is only looked for when they refuse a program. */
    private static BpfProgram load(ProgramDefinition definition, Bytecode code) {
        try {
            return BpfProgram.load(definition);
        } catch (VerifierException refused) {
            Map<Integer, Boolean> missing = new HashMap<>();
            boolean replaced = HelperProbe.saysUnknown(refused.log())
                    && HelperReplacement.apply(
                            code,
                            helper -> missing.computeIfAbsent(
                                    helper, number -> !HelperProbe.isKnown(ProgramType.TRACEPOINT, number)));
            if (!replaced) {
                throw refused;
            }
            return BpfProgram.load(definition.withInstructions(code.array()));
        }
    }

    // Not a pattern switch: its bootstrap would cost a millisecond of each start.
    private void fillIn(Reference reference, Bytecode code, ExternWriter externs) {
        if (reference instanceof Reference.ToMap map) {
            setDescriptor(code, map.instruction(), map.map());
        } else if (reference instanceof Reference.ToData data) {
            setDescriptor(code, data.instruction(), data.section());
        } else if (reference instanceof Reference.ToConfiguration configuration) {
            setDescriptor(code, configuration.instruction(), ".kconfig");
        } else if (reference instanceof Reference.ToKernelSymbol symbol) {
            externs.write(code, symbol);
        } else if (reference instanceof Reference.ToTypedSymbol symbol) {
            externs.write(code, symbol);
        } else if (reference instanceof Reference.ToKernelFunction function) {
            externs.write(code, function);
        }
    }

    private void setDescriptor(Bytecode code, int instruction, String map) {
        code.setImmediate(instruction, loaded.requireMap(map).descriptor().number());
    }
}

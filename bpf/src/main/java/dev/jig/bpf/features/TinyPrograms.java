// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.Register;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.ProgramDefinition;

/** Programs that return 0 and do nothing else. */
final class TinyPrograms {
    private TinyPrograms() {}

    static ProgramDefinition of(ProgramType type) {
        byte[] code = new Assembler()
                .add(Instructions.arithmeticImmediate(Opcode.MOV, Register.R0, 0))
                .add(Instructions.exit())
                .assemble()
                .array();
        return ProgramDefinition.of("jig_probe", type.number(), code, "GPL")
                .withKernelVersion(KernelVersion.running().code());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

import static dev.jig.bpf.insn.Register.R0;
import static dev.jig.bpf.insn.Register.R1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AssemblerTest {
    @Test
    void shouldCountWideLoadsAsTwoSlots() {
        Assembler assembler = new Assembler();
        Label end = assembler.label("end");
        Bytecode code = assembler
                .add(Instructions.jumpIfImmediate(Opcode.JEQ, R1, 0), end)
                .add(Instructions.load64(R0, -1))
                .place(end)
                .add(Instructions.exit())
                .assemble();

        assertThat(code.slots()).isEqualTo(4);
        assertThat(code.offset(0)).isEqualTo(2);
        assertThat(code.get(1)).isEqualTo(Instructions.load64(R0, -1));
    }

    @Test
    void shouldJumpBackwardsAndCallFunctions() {
        Assembler assembler = new Assembler();
        Label start = assembler.label("start");
        Label function = assembler.label("function");
        Bytecode code = assembler
                .place(start)
                .add(Instructions.callFunction(), function)
                .add(Instructions.jumpIfImmediate(Opcode.JNE, R0, 0), start)
                .add(new Instruction(Opcode.LD_IMM64, R1, PseudoSource.FUNCTION, 0, 0), start)
                .add(Instructions.exit())
                .place(function)
                .add(Instructions.exit())
                .assemble();

        assertThat(code.immediate(0)).isEqualTo(4);
        assertThat(code.offset(1)).isEqualTo(-2);
        assertThat(code.immediate(2)).isEqualTo(-3);
        assertThat(code.immediate(3)).isZero();
    }

    @Test
    void shouldRefuseLabelsThatAreNotPlacedOnce() {
        Assembler missing = new Assembler();
        missing.add(Instructions.jump(), missing.label("nowhere"));
        Assembler twice = new Assembler();
        Label label = twice.label("here");
        twice.place(label);

        assertThatThrownBy(missing::assemble)
                .isInstanceOf(InstructionException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> twice.place(label)).isInstanceOf(InstructionException.class);
    }

    @Test
    void shouldRefuseJumpsThatAreTooFar() {
        Assembler assembler = new Assembler();
        Label far = assembler.label("far");
        assembler.add(Instructions.jump(), far);
        for (int i = 0; i < 40_000; i++) {
            assembler.add(Instructions.exit());
        }
        assembler.place(far);

        assertThatThrownBy(assembler::assemble).hasMessageContaining("40000 instructions away");
    }

    @Test
    void shouldRefuseALabelForWhatDoesNotJump() {
        Assembler assembler = new Assembler();
        Label label = assembler.label("label");
        assembler.place(label).add(Instructions.moveImmediate(R0, 0), label);

        assertThatThrownBy(assembler::assemble).hasMessageContaining("opcode 0xb7");
    }
}

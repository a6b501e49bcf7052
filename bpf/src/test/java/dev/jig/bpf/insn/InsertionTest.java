// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

import static dev.jig.bpf.insn.Register.R0;
import static dev.jig.bpf.insn.Register.R1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InsertionTest {
    private static Bytecode two() {
        return new Assembler()
                .add(Instructions.moveImmediate(R0, 1))
                .add(Instructions.moveImmediate(R0, 2))
                .assemble();
    }

    private static String listing(Bytecode code) {
        return new Disassembler(code).listing();
    }

    @Test
    void shouldKeepTargetsOfJumpsAcrossThePlace() {
        Assembler assembler = new Assembler();
        Label end = assembler.label("end");
        Label start = assembler.label("start");
        Bytecode code = assembler
                .place(start)
                .add(Instructions.jumpIfImmediate(Opcode.JEQ, R1, 0), end)
                .add(Instructions.moveImmediate(R0, 5))
                .add(Instructions.jump(), start)
                .place(end)
                .add(Instructions.exit())
                .assemble();

        assertThat(listing(Insertion.insert(code, 1, two()))).isEqualTo("""
                0: if r1 == 0x0 goto pc+4
                1: r0 = 1
                2: r0 = 2
                3: r0 = 5
                4: goto pc-5
                5: exit
                """);
    }

    @Test
    void shouldLetJumpsFromBeforeRunTheInsertedCodeAndLoopsNot() {
        Assembler assembler = new Assembler();
        Label place = assembler.label("place");
        Bytecode code = assembler
                .add(Instructions.jump(), place)
                .add(Instructions.exit())
                .place(place)
                .add(Instructions.moveImmediate(R0, 5))
                .add(Instructions.jump(), place)
                .assemble();

        assertThat(listing(Insertion.insert(code, 2, two()))).isEqualTo("""
                0: goto pc+1
                1: exit
                2: r0 = 1
                3: r0 = 2
                4: r0 = 5
                5: goto pc-2
                """);
    }

    @Test
    void shouldLetCallsEnterCodeInsertedAtTheStartOfAFunction() {
        Assembler assembler = new Assembler();
        Label function = assembler.label("function");
        Bytecode code = assembler
                .add(Instructions.callFunction(), function)
                .add(new Instruction(Opcode.LD_IMM64, R1, PseudoSource.FUNCTION, 0, 0), function)
                .add(Instructions.exit())
                .place(function)
                .add(Instructions.callFunction(), function)
                .add(Instructions.exit())
                .assemble();

        assertThat(listing(Insertion.insert(code, 4, two()))).isEqualTo("""
                0: call pc+3
                1: r1 = subprog[+2]
                3: exit
                4: r0 = 1
                5: r0 = 2
                6: call pc-3
                7: exit
                """);
    }

    @Test
    void shouldRefusePlacesThatAreNone() {
        Bytecode code = new Assembler().add(Instructions.load64(R0, 1)).assemble();

        assertThatThrownBy(() -> Insertion.insert(code, 1, two())).hasMessageContaining("second half");
        assertThatThrownBy(() -> Insertion.insert(code, 2, two())).isInstanceOf(InstructionException.class);
    }

    @Test
    void shouldRefuseJumpsThatBecomeTooLong() {
        Assembler assembler = new Assembler();
        Label end = assembler.label("end");
        assembler.add(Instructions.jump(), end);
        for (int i = 0; i < Short.MAX_VALUE; i++) {
            assembler.add(Instructions.exit());
        }
        Bytecode code = assembler.place(end).add(Instructions.exit()).assemble();

        assertThatThrownBy(() -> Insertion.insert(code, 5, two())).hasMessageContaining("too far");
    }

    @Test
    void shouldMapPlacesForthAndBack() {
        Insertion insertion = new Insertion(3, 2);

        assertThat(insertion.moved(2)).isEqualTo(2);
        assertThat(insertion.moved(3)).isEqualTo(5);
        assertThat(insertion.original(2)).isEqualTo(2);
        assertThat(insertion.original(4)).isEqualTo(3);
        assertThat(insertion.original(5)).isEqualTo(3);
        assertThat(insertion.original(6)).isEqualTo(4);
    }
}

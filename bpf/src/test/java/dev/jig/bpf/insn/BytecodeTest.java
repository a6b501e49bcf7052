// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytecodeTest {
    @Test
    void shouldLayFieldsOutLikeTheKernel() {
        Bytecode little = Bytecode.wrap(new byte[8], ByteOrder.LITTLE_ENDIAN);
        Bytecode big = Bytecode.wrap(new byte[8], ByteOrder.BIG_ENDIAN);
        little.set(0, 0x79, 1, 10, -8, 0x01020304);
        big.set(0, 0x79, 1, 10, -8, 0x01020304);

        assertThat(little.array()).containsExactly(0x79, 0xa1, 0xf8, 0xff, 4, 3, 2, 1);
        assertThat(big.array()).containsExactly(0x79, 0x1a, 0xff, 0xf8, 1, 2, 3, 4);
    }

    @Test
    void shouldReadBackWhatWasWrittenInBothOrders() {
        Random random = new Random(1);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            Bytecode code = Bytecode.wrap(new byte[16], order);
            for (int i = 0; i < 200; i++) {
                int opcode = random.nextInt(256);
                long immediate = opcode == Opcode.LD_IMM64 ? random.nextLong() : random.nextInt();
                Instruction instruction = new Instruction(
                        opcode, random.nextInt(16), random.nextInt(16), (short) random.nextInt(), immediate);
                code.put(0, instruction);

                assertThat(code.get(0)).isEqualTo(instruction);
            }
        }
    }

    @Test
    void shouldConvertBetweenOrders() {
        Bytecode little = Bytecode.wrap(new byte[16], ByteOrder.LITTLE_ENDIAN);
        little.put(0, new Instruction(Opcode.LD_IMM64, 3, 1, 0, 0x1122334455667788L));
        Bytecode big = little.toOrder(ByteOrder.BIG_ENDIAN);

        assertThat(big.get(0)).isEqualTo(little.get(0));
        assertThat(big.array()).isNotEqualTo(little.array());
        assertThat(big.toOrder(ByteOrder.LITTLE_ENDIAN).array()).isEqualTo(little.array());
    }

    @Test
    void shouldCheckBounds() {
        Bytecode code = Bytecode.ofSlots(2);

        assertThatThrownBy(() -> code.opcode(2))
                .isInstanceOf(InstructionException.class)
                .hasMessage("no instruction 2, only 2");
        assertThatThrownBy(() -> code.setImmediate(-1, 0)).isInstanceOf(InstructionException.class);
        assertThatThrownBy(() -> code.copy(1, 2)).isInstanceOf(InstructionException.class);
        assertThatThrownBy(() -> Bytecode.wrap(new byte[7])).hasMessageContaining("7 bytes");
    }

    @Test
    void shouldRefuseALoadWithoutItsSecondHalf() {
        Bytecode code = Bytecode.ofSlots(1);
        code.setOpcode(0, Opcode.LD_IMM64);

        assertThatThrownBy(() -> code.get(0)).hasMessageContaining("second half");
    }

    @Test
    void shouldRefuseNumbersThatDoNotFit() {
        assertThatThrownBy(() -> new Instruction(256, 0, 0, 0, 0)).isInstanceOf(InstructionException.class);
        assertThatThrownBy(() -> new Instruction(0, 16, 0, 0, 0)).isInstanceOf(InstructionException.class);
        assertThatThrownBy(() -> new Instruction(0, 0, 0, 40_000, 0)).isInstanceOf(InstructionException.class);
        assertThatThrownBy(() -> new Instruction(0xb7, 0, 0, 0, 1L << 40)).isInstanceOf(InstructionException.class);
    }
}

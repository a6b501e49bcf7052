// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

/**
 * One instruction; a 64-bit immediate load counts as one although it takes two slots.
 *
 * @param opcode see {@link Opcode}
 * @param destination register 0 to 10
 * @param source register, or one of {@link PseudoSource}
 * @param offset signed 16 bits
 * @param immediate signed 32 bits, or 64 bits in a wide load
 */
public record Instruction(int opcode, int destination, int source, int offset, long immediate) {
    public Instruction {
        if ((opcode & ~0xff) != 0 || (destination & ~0xf) != 0 || (source & ~0xf) != 0 || offset != (short) offset) {
            throw new InstructionException("opcode " + opcode + ", registers " + destination + " and " + source
                    + ", offset " + offset + " do not fit an instruction");
        }
        if (opcode != Opcode.LD_IMM64 && immediate != (int) immediate) {
            throw new InstructionException("immediate " + immediate + " of opcode " + opcode + " does not fit 32 bits");
        }
    }

    /** Whether it takes two slots. */
    public boolean isWide() {
        return opcode == Opcode.LD_IMM64;
    }

    /** Number of 8-byte slots: 1 or 2. */
    public int slots() {
        return isWide() ? 2 : 1;
    }
}

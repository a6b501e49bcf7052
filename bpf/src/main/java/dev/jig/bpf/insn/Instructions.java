// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

/** Makes instructions. Registers are {@link Register} numbers; operations and sizes are {@link Opcode} numbers; widths are in bytes. */
public final class Instructions {
    private Instructions() {}

    /** {@code dst = src}, 64 bits. */
    public static Instruction move(int destination, int source) {
        return arithmetic(Opcode.MOV, destination, source);
    }

    /** {@code dst = value}, sign-extended to 64 bits. */
    public static Instruction moveImmediate(int destination, int value) {
        return arithmeticImmediate(Opcode.MOV, destination, value);
    }

    /** {@code dst op= src}, 64 bits. */
    public static Instruction arithmetic(int operation, int destination, int source) {
        return new Instruction(Opcode.CLASS_ALU64 | operation | Opcode.SOURCE_REGISTER, destination, source, 0, 0);
    }

    /** {@code dst op= value}, 64 bits, the value sign-extended. */
    public static Instruction arithmeticImmediate(int operation, int destination, int value) {
        return new Instruction(Opcode.CLASS_ALU64 | operation, destination, 0, 0, value);
    }

    /** {@code dst op= src}, 32 bits; the upper half becomes zero. */
    public static Instruction arithmetic32(int operation, int destination, int source) {
        return new Instruction(Opcode.CLASS_ALU | operation | Opcode.SOURCE_REGISTER, destination, source, 0, 0);
    }

    /** {@code dst op= value}, 32 bits; the upper half becomes zero. */
    public static Instruction arithmeticImmediate32(int operation, int destination, int value) {
        return new Instruction(Opcode.CLASS_ALU | operation, destination, 0, 0, value);
    }

    /** Converts between host and network order: {@code dst = be16/32/64(dst)}. */
    public static Instruction toBigEndian(int destination, int bits) {
        return new Instruction(Opcode.CLASS_ALU | Opcode.END | Opcode.SOURCE_REGISTER, destination, 0, 0, bits);
    }

    /** {@code dst = value}, 64 bits, in two slots. */
    public static Instruction load64(int destination, long value) {
        return new Instruction(Opcode.LD_IMM64, destination, 0, 0, value);
    }

    /** {@code dst = map}, by file descriptor. */
    public static Instruction loadMap(int destination, int fileDescriptor) {
        return new Instruction(Opcode.LD_IMM64, destination, PseudoSource.MAP_FD, 0, fileDescriptor & 0xffff_ffffL);
    }

    /** {@code dst = address of offset in the only value of a map}, by file descriptor. */
    public static Instruction loadMapValue(int destination, int fileDescriptor, int offset) {
        return new Instruction(
                Opcode.LD_IMM64,
                destination,
                PseudoSource.MAP_VALUE,
                0,
                (fileDescriptor & 0xffff_ffffL) | (long) offset << 32);
    }

    /** {@code dst = *(size *)(src + offset)}. */
    public static Instruction load(int size, int destination, int source, int offset) {
        return new Instruction(Opcode.CLASS_LDX | Opcode.MODE_MEM | size, destination, source, offset, 0);
    }

    /** {@code *(size *)(dst + offset) = src}. */
    public static Instruction store(int size, int destination, int offset, int source) {
        return new Instruction(Opcode.CLASS_STX | Opcode.MODE_MEM | size, destination, source, offset, 0);
    }

    /** {@code *(size *)(dst + offset) = value}. */
    public static Instruction storeImmediate(int size, int destination, int offset, int value) {
        return new Instruction(Opcode.CLASS_ST | Opcode.MODE_MEM | size, destination, 0, offset, value);
    }

    /** {@code lock *(size *)(dst + offset) += src}. */
    public static Instruction atomicAdd(int size, int destination, int offset, int source) {
        return new Instruction(Opcode.CLASS_STX | Opcode.MODE_ATOMIC | size, destination, source, offset, Opcode.ADD);
    }

    /** {@code r0 = *(size *)skb[offset]}, in network order; ends the program when the packet is shorter. */
    public static Instruction loadPacket(int size, int offset) {
        return new Instruction(Opcode.CLASS_LD | Opcode.MODE_ABS | size, 0, 0, 0, offset);
    }

    /** Calls a helper by number. */
    public static Instruction call(int helper) {
        return new Instruction(Opcode.CALL, 0, 0, 0, helper);
    }

    /** Calls a function of the program; the distance is for {@link Assembler} to fill in. */
    public static Instruction callFunction() {
        return new Instruction(Opcode.CALL, 0, PseudoSource.CALL, 0, 0);
    }

    /** {@code exit}. */
    public static Instruction exit() {
        return new Instruction(Opcode.EXIT, 0, 0, 0, 0);
    }

    /** {@code goto}; the distance is for {@link Assembler} to fill in. */
    public static Instruction jump() {
        return new Instruction(Opcode.JUMP, 0, 0, 0, 0);
    }

    /** {@code if dst op src goto}, 64 bits; the distance is for {@link Assembler} to fill in. */
    public static Instruction jumpIf(int condition, int destination, int source) {
        return new Instruction(Opcode.CLASS_JMP | condition | Opcode.SOURCE_REGISTER, destination, source, 0, 0);
    }

    /** {@code if dst op value goto}, 64 bits; the distance is for {@link Assembler} to fill in. */
    public static Instruction jumpIfImmediate(int condition, int destination, int value) {
        return new Instruction(Opcode.CLASS_JMP | condition, destination, 0, 0, value);
    }

    /** {@code if dst op src goto}, 32 bits; the distance is for {@link Assembler} to fill in. */
    public static Instruction jumpIf32(int condition, int destination, int source) {
        return new Instruction(Opcode.CLASS_JMP32 | condition | Opcode.SOURCE_REGISTER, destination, source, 0, 0);
    }

    /** {@code if dst op value goto}, 32 bits; the distance is for {@link Assembler} to fill in. */
    public static Instruction jumpIfImmediate32(int condition, int destination, int value) {
        return new Instruction(Opcode.CLASS_JMP32 | condition, destination, 0, 0, value);
    }
}

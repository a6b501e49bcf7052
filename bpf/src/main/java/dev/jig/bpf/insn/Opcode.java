// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

/**
 * Numbers in the opcode byte and their combinations (kernel: {@code Documentation/bpf/standardization/instruction-set.rst}).
 *
 * <pre>
 *   ALU, JMP:      | code 4 | source 1 | class 3 |
 *   loads, stores: | mode 3 | size 2   | class 3 |
 * </pre>
 */
public final class Opcode {
    public static final int CLASS_LD = 0;
    public static final int CLASS_LDX = 1;
    public static final int CLASS_ST = 2;
    public static final int CLASS_STX = 3;
    public static final int CLASS_ALU = 4;
    public static final int CLASS_JMP = 5;
    public static final int CLASS_JMP32 = 6;
    public static final int CLASS_ALU64 = 7;

    /** Second operand is the immediate. */
    public static final int SOURCE_IMMEDIATE = 0;
    /** Second operand is the source register. */
    public static final int SOURCE_REGISTER = 8;

    public static final int ADD = 0x00;
    public static final int SUB = 0x10;
    public static final int MUL = 0x20;
    public static final int DIV = 0x30;
    public static final int OR = 0x40;
    public static final int AND = 0x50;
    public static final int LSH = 0x60;
    public static final int RSH = 0x70;
    public static final int NEG = 0x80;
    public static final int MOD = 0x90;
    public static final int XOR = 0xa0;
    public static final int MOV = 0xb0;
    public static final int ARSH = 0xc0;
    public static final int END = 0xd0;

    public static final int JA = 0x00;
    public static final int JEQ = 0x10;
    public static final int JGT = 0x20;
    public static final int JGE = 0x30;
    public static final int JSET = 0x40;
    public static final int JNE = 0x50;
    public static final int JSGT = 0x60;
    public static final int JSGE = 0x70;
    public static final int CALL_CODE = 0x80;
    public static final int EXIT_CODE = 0x90;
    public static final int JLT = 0xa0;
    public static final int JLE = 0xb0;
    public static final int JSLT = 0xc0;
    public static final int JSLE = 0xd0;
    public static final int JCOND = 0xe0;

    public static final int SIZE_W = 0x00;
    public static final int SIZE_H = 0x08;
    public static final int SIZE_B = 0x10;
    public static final int SIZE_DW = 0x18;

    public static final int MODE_IMM = 0x00;
    public static final int MODE_ABS = 0x20;
    public static final int MODE_IND = 0x40;
    public static final int MODE_MEM = 0x60;
    public static final int MODE_MEMSX = 0x80;
    public static final int MODE_ATOMIC = 0xc0;

    /** Load of a 64-bit immediate: the only instruction of two slots. */
    public static final int LD_IMM64 = CLASS_LD | MODE_IMM | SIZE_DW;

    public static final int CALL = CLASS_JMP | CALL_CODE;
    public static final int CALL_REGISTER = CLASS_JMP | CALL_CODE | SOURCE_REGISTER;
    public static final int EXIT = CLASS_JMP | EXIT_CODE;
    public static final int JUMP = CLASS_JMP | JA;
    /** Jump with a 32-bit offset in the immediate ({@code gotol}). */
    public static final int JUMP_LONG = CLASS_JMP32 | JA;

    public static final int MAY_GOTO = CLASS_JMP | JCOND;

    private Opcode() {}

    public static int classOf(int opcode) {
        return opcode & 7;
    }

    /** Operation of an ALU or jump instruction. */
    public static int codeOf(int opcode) {
        return opcode & 0xf0;
    }

    /** Mode of a load or store. */
    public static int modeOf(int opcode) {
        return opcode & 0xe0;
    }

    /** Size bits of a load or store. */
    public static int sizeOf(int opcode) {
        return opcode & 0x18;
    }

    public static boolean isRegisterSource(int opcode) {
        return (opcode & SOURCE_REGISTER) != 0;
    }

    /** Width in bytes that a load or store accesses. */
    public static int accessBytes(int opcode) {
        return switch (sizeOf(opcode)) {
            case SIZE_B -> 1;
            case SIZE_H -> 2;
            case SIZE_W -> 4;
            default -> 8;
        };
    }

    /** Whether instructions of this class jump, in the sense that the program counter may change. */
    public static boolean isJumpClass(int opcode) {
        int kind = classOf(opcode);
        return kind == CLASS_JMP || kind == CLASS_JMP32;
    }

    public static boolean isAluClass(int opcode) {
        int kind = classOf(opcode);
        return kind == CLASS_ALU || kind == CLASS_ALU64;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

/** Atomic instructions as text; the immediate says which operation it is. */
final class AtomicText {
    private static final int FETCH = 0x01;
    private static final int EXCHANGE = 0xe0 | FETCH;
    private static final int COMPARE_EXCHANGE = 0xf0 | FETCH;
    private static final int LOAD_ACQUIRE = 0x100;
    private static final int STORE_RELEASE = 0x110;

    private final Bytecode code;
    private final int slot;

    AtomicText(Bytecode code, int slot) {
        this.code = code;
        this.slot = slot;
    }

    String text() {
        String source = "r" + code.source(slot);
        String type = "u" + Opcode.accessBytes(code.opcode(slot)) * Byte.SIZE;
        String memory = "(" + type + " *)(" + place(code.destination(slot)) + ")";
        String atomic = "atomic" + (Opcode.sizeOf(code.opcode(slot)) == Opcode.SIZE_DW ? "64" : "");
        return switch (code.immediate(slot)) {
            case Opcode.ADD -> "lock *" + memory + " += " + source;
            case Opcode.OR -> "lock *" + memory + " |= " + source;
            case Opcode.AND -> "lock *" + memory + " &= " + source;
            case Opcode.XOR -> "lock *" + memory + " ^= " + source;
            case Opcode.ADD | FETCH -> source + " = " + atomic + "_fetch_add(" + memory + ", " + source + ")";
            case Opcode.OR | FETCH -> source + " = " + atomic + "_fetch_or(" + memory + ", " + source + ")";
            case Opcode.AND | FETCH -> source + " = " + atomic + "_fetch_and(" + memory + ", " + source + ")";
            case Opcode.XOR | FETCH -> source + " = " + atomic + "_fetch_xor(" + memory + ", " + source + ")";
            case EXCHANGE -> source + " = " + atomic + "_xchg(" + memory + ", " + source + ")";
            case COMPARE_EXCHANGE -> "r0 = " + atomic + "_cmpxchg(" + memory + ", r0, " + source + ")";
            case LOAD_ACQUIRE ->
                "r" + code.destination(slot) + " = load_acquire((" + type + " *)(" + place(code.source(slot)) + "))";
            case STORE_RELEASE -> "store_release(" + memory + ", " + source + ")";
            default -> "BUG_" + Integer.toHexString(code.opcode(slot));
        };
    }

    private String place(int register) {
        int offset = code.offset(slot);
        return "r" + register + " " + (offset < 0 ? "" : "+") + offset;
    }
}

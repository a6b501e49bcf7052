// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

/**
 * Puts code into the middle of other code and corrects all distances.
 *
 * <p>What came before the place, and calls from anywhere, now enter the inserted code first, which goes on to the old code at its end; jumps from behind the
 * place back to it (loops) still go to the old instruction.
 *
 * @param slot before which instruction
 * @param count number of slots inserted
 */
public record Insertion(int slot, int count) {
    /**
     * Inserts {@code inserted} before the instruction in {@code slot}. Its own jumps must stay within it, go to its end, or go from there over instructions
     * that were next to each other before.
     */
    public static Bytecode insert(Bytecode code, int slot, Bytecode inserted) {
        Bytecode added = inserted.toOrder(code.byteOrder());
        Bytecode result = Bytecode.wrap(new byte[(code.slots() + added.slots()) * Bytecode.SLOT], code.byteOrder());
        Insertion insertion = new Insertion(slot, added.slots());
        insertion.checkPlace(code);
        int head = slot * Bytecode.SLOT;
        int middle = added.slots() * Bytecode.SLOT;
        System.arraycopy(code.array(), 0, result.array(), 0, head);
        System.arraycopy(added.array(), 0, result.array(), head, middle);
        System.arraycopy(code.array(), head, result.array(), head + middle, code.array().length - head);
        for (int i = 0; i < code.slots(); i++) {
            insertion.correct(code, i, result);
            i += code.isWide(i) ? 1 : 0;
        }
        return result;
    }

    private void checkPlace(Bytecode code) {
        if (slot < 0 || slot >= code.slots()) {
            throw new InstructionException("cannot insert before instruction " + slot + " of " + code.slots());
        }
        for (int i = 0; i < slot; i++) {
            i += code.isWide(i) ? 1 : 0;
            if (i == slot) {
                throw new InstructionException("instruction " + slot + " is the second half of a 64-bit load");
            }
        }
    }

    /** Where an instruction is after the insertion. */
    public int moved(int instruction) {
        return instruction < slot ? instruction : instruction + count;
    }

    /** Which instruction an instruction was before the insertion; for inserted ones the one that they are before. */
    public int original(int instruction) {
        return instruction < slot ? instruction : Math.max(slot, instruction - count);
    }

    private void correct(Bytecode code, int i, Bytecode result) {
        int opcode = code.opcode(i);
        int at = moved(i);
        if (code.isFunctionCall(i) || (code.isWide(i) && code.source(i) == PseudoSource.FUNCTION)) {
            result.setImmediate(at, entry(i + 1 + code.immediate(i)) - at - 1);
        } else if (opcode == Opcode.JUMP_LONG) {
            result.setImmediate(at, target(i, i + 1 + code.immediate(i)) - at - 1);
        } else if (isShortJump(opcode)) {
            int distance = target(i, i + 1 + code.offset(i)) - at - 1;
            if (distance != (short) distance) {
                throw new InstructionException(
                        "jump at instruction " + i + " would go " + distance + " instructions far, too far for a jump");
            }
            result.setOffset(at, distance);
        }
    }

    private static boolean isShortJump(int opcode) {
        int operation = Opcode.codeOf(opcode);
        return Opcode.isJumpClass(opcode)
                && operation != Opcode.CALL_CODE
                && operation != Opcode.EXIT_CODE
                && !(operation == Opcode.JA && Opcode.isRegisterSource(opcode));
    }

    private int entry(int old) {
        return old <= slot ? old : old + count;
    }

    private int target(int from, int old) {
        return from >= slot ? moved(old) : entry(old);
    }
}

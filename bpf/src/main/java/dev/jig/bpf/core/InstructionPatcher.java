// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Opcode;

/** Puts relocation values into instructions; which part of an instruction takes the value depends on its class. */
final class InstructionPatcher {
    private InstructionPatcher() {}

    /** Changes one instruction; returns false if it had to be poisoned because a load or store of the field's new size would misread it. */
    static boolean patch(Bytecode code, int slot, RelocationValue value) {
        switch (Opcode.classOf(code.opcode(slot))) {
            case Opcode.CLASS_ALU, Opcode.CLASS_ALU64 -> patchArithmetic(code, slot, value);
            case Opcode.CLASS_LDX, Opcode.CLASS_ST, Opcode.CLASS_STX -> {
                return patchAccess(code, slot, value);
            }
            case Opcode.CLASS_LD -> patchWideLoad(code, slot, value);
            default -> throw mismatch(code, slot, "cannot be relocated");
        }
        return true;
    }

    /** Replaces an instruction, both slots of a wide one, by a call that no verifier lets pass. */
    static void poison(Bytecode code, int slot) {
        if (code.isWide(slot) && slot + 1 < code.slots()) {
            code.set(slot + 1, Opcode.CALL, 0, 0, 0, BpfPoison.HELPER);
        }
        code.set(slot, Opcode.CALL, 0, 0, 0, BpfPoison.HELPER);
    }

    private static void patchArithmetic(Bytecode code, int slot, RelocationValue value) {
        if (Opcode.isRegisterSource(code.opcode(slot))) {
            throw mismatch(code, slot, "has no immediate to relocate");
        }
        if (value.validate() && code.immediate(slot) != (int) value.original()) {
            throw mismatch(code, slot, "holds " + code.immediate(slot) + ", not " + value.original());
        }
        code.setImmediate(slot, (int) value.value());
    }

    private static boolean patchAccess(Bytecode code, int slot, RelocationValue value) {
        if (value.validate() && code.offset(slot) != value.original()) {
            throw mismatch(code, slot, "has offset " + code.offset(slot) + ", not " + value.original());
        }
        if (value.value() > Short.MAX_VALUE) {
            throw mismatch(code, slot, "cannot hold offset " + value.value());
        }
        if (value.unsafeSize()) {
            poison(code, slot);
            return false;
        }
        code.setOffset(slot, (int) value.value());
        if (value.size() != value.originalSize()) {
            resize(code, slot, value);
        }
        return true;
    }

    private static void resize(Bytecode code, int slot, RelocationValue value) {
        int opcode = code.opcode(slot);
        if (Opcode.accessBytes(opcode) != value.originalSize()) {
            throw mismatch(
                    code, slot, "accesses " + Opcode.accessBytes(opcode) + " bytes, not " + value.originalSize());
        }
        int size = switch (value.size()) {
            case 1 -> Opcode.SIZE_B;
            case 2 -> Opcode.SIZE_H;
            case 4 -> Opcode.SIZE_W;
            case 8 -> Opcode.SIZE_DW;
            default -> throw mismatch(code, slot, "cannot access " + value.size() + " bytes");
        };
        code.setOpcode(slot, Opcode.modeOf(opcode) | size | Opcode.classOf(opcode));
    }

    private static void patchWideLoad(Bytecode code, int slot, RelocationValue value) {
        if (!code.isWide(slot)
                || slot + 1 >= code.slots()
                || code.source(slot) != 0
                || code.offset(slot) != 0
                || code.opcode(slot + 1) != 0) {
            throw mismatch(code, slot, "is no plain 64-bit immediate load");
        }
        if (value.validate() && code.wideImmediate(slot) != value.original()) {
            throw mismatch(code, slot, "holds " + code.wideImmediate(slot) + ", not " + value.original());
        }
        code.setWideImmediate(slot, value.value());
    }

    private static CoreException mismatch(Bytecode code, int slot, String what) {
        return new CoreException(
                "instruction " + slot + " (opcode 0x" + Integer.toHexString(code.opcode(slot)) + ") " + what);
    }
}

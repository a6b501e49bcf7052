// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.insn;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** Puts instructions one after the other and works out the distances of jumps and calls. Not for concurrent use. */
public final class Assembler {
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Jump> jumps = new ArrayList<>();
    private int slots;

    /** An instruction whose distance is to be filled in. */
    private record Jump(int index, int slot, Label target) {}

    /** A label that is not placed yet. */
    public Label label(String name) {
        return new Label(requireNonNull(name, "name"));
    }

    /** Number of slots so far: where the next instruction will be. */
    public int slots() {
        return slots;
    }

    /** Adds an instruction. */
    public Assembler add(Instruction instruction) {
        instructions.add(requireNonNull(instruction, "instruction"));
        slots += instruction.slots();
        return this;
    }

    /** Adds a jump, a call of a function, or a load of a function's address, with the distance to a label. */
    public Assembler add(Instruction instruction, Label target) {
        jumps.add(new Jump(instructions.size(), slots, requireNonNull(target, "target")));
        return add(instruction);
    }

    /** Says that the label is here: at the next instruction. */
    public Assembler place(Label label) {
        if (label.slot != Label.UNPLACED) {
            throw new InstructionException("label " + label.name() + " is placed twice");
        }
        label.slot = slots;
        return this;
    }

    /** The code, in this machine's byte order. */
    public Bytecode assemble() {
        for (Jump jump : jumps) {
            instructions.set(jump.index, resolved(jump));
        }
        jumps.clear();
        Bytecode code = Bytecode.ofSlots(slots);
        int slot = 0;
        for (Instruction instruction : instructions) {
            code.put(slot, instruction);
            slot += instruction.slots();
        }
        return code;
    }

    private Instruction resolved(Jump jump) {
        if (jump.target.slot == Label.UNPLACED) {
            throw new InstructionException("label " + jump.target.name() + " is not placed");
        }
        Instruction instruction = instructions.get(jump.index);
        int distance = jump.target.slot - jump.slot - 1;
        int opcode = instruction.opcode();
        if (opcode == Opcode.CALL || opcode == Opcode.JUMP_LONG || instruction.isWide()) {
            return new Instruction(
                    opcode,
                    instruction.destination(),
                    instruction.source(),
                    instruction.offset(),
                    distance & mask(instruction));
        }
        if (!Opcode.isJumpClass(opcode)) {
            throw new InstructionException(
                    "opcode 0x" + Integer.toHexString(opcode) + " cannot go to label " + jump.target.name());
        }
        if (distance != (short) distance) {
            throw new InstructionException(
                    "label " + jump.target.name() + " is " + distance + " instructions away, too far for a jump");
        }
        return new Instruction(
                opcode, instruction.destination(), instruction.source(), distance, instruction.immediate());
    }

    /** In a 64-bit load the distance only takes the first of both immediates. */
    private static long mask(Instruction instruction) {
        return instruction.isWide() ? 0xffff_ffffL : -1L;
    }
}

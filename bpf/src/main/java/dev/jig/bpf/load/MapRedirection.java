// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Label;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.Register;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a program work on whichever map a selector (a map of maps with one element) holds when it starts, in place of the map
 * that it names:
 *
 * <pre>
 *   *(r10 - a) = r1                    the context
 *   *(r10 - b) = 0                     the key
 *   r0 = lookup(selector, r10 - b)     for each map
 *   if r0 == 0 exit                    cannot be, but the verifier wants it asked
 *   *(r10 - c) = r0
 *   r1 = *(r10 - a)
 *   ...
 *   rX = *(r10 - c)                    where it was: rX = map
 * </pre>
 *
 * A run of the program sees one map from its start to its end. Only programs that name the maps in their main function, and
 * whose stack has room, can be redirected.
 */
final class MapRedirection {
    /** The kernel's {@code MAX_BPF_STACK}. */
    private static final int STACK_SIZE = 512;

    private static final int MAP_LOOKUP_ELEM = 1;

    /** The selector's name, by the name of the map in its place. */
    private final Map<String, String> selectors;

    MapRedirection(Map<String, String> selectors) {
        this.selectors = selectors;
    }

    /** Whether {@link #redirect} can be done. */
    boolean canRedirect(LinkedProgram program) {
        List<Reference.ToMap> uses = uses(program);
        if (uses.isEmpty()) {
            return true;
        }
        if (program.section().sleepable()) {
            return false;
        }
        int mainEnd =
                program.functions().size() > 1 ? program.functions().get(1).firstSlot() : Integer.MAX_VALUE;
        for (Reference.ToMap use : uses) {
            if (use.instruction() >= mainEnd) {
                return false;
            }
        }
        return stackDepth(program, mainEnd) + Frame.size(maps(uses).size()) <= STACK_SIZE;
    }

    /** The program with its maps taken from the selectors; itself if it uses none of them. */
    LinkedProgram redirect(LinkedProgram program) {
        List<Reference.ToMap> uses = uses(program);
        if (uses.isEmpty()) {
            return program;
        }
        int mainEnd =
                program.functions().size() > 1 ? program.functions().get(1).firstSlot() : Integer.MAX_VALUE;
        List<String> maps = maps(uses);
        Frame frame = new Frame(stackDepth(program, mainEnd));
        LinkedProgram changed = program;
        for (Reference.ToMap use : uses) {
            int register = program.code().destination(use.instruction());
            int offset = frame.map(maps.indexOf(use.map()));
            // Two slots as before; the kernel removes jumps that go nowhere.
            Bytecode load = new Assembler()
                    .add(Instructions.load(Opcode.SIZE_DW, register, Register.R10, offset))
                    .add(Instructions.jump())
                    .assemble();
            changed = changed.replace(use, load);
        }
        return prologue(changed, maps, frame);
    }

    private List<Reference.ToMap> uses(LinkedProgram program) {
        List<Reference.ToMap> uses = new ArrayList<>();
        for (Reference reference : program.references()) {
            if (reference instanceof Reference.ToMap use && selectors.containsKey(use.map())) {
                uses.add(use);
            }
        }
        return uses;
    }

    private static List<String> maps(List<Reference.ToMap> uses) {
        List<String> maps = new ArrayList<>();
        for (Reference.ToMap use : uses) {
            if (!maps.contains(use.map())) {
                maps.add(use.map());
            }
        }
        return maps;
    }

    private LinkedProgram prologue(LinkedProgram program, List<String> maps, Frame frame) {
        Assembler code = new Assembler();
        List<Reference> references = new ArrayList<>();
        code.add(Instructions.store(Opcode.SIZE_DW, Register.R10, frame.context(), Register.R1));
        code.add(Instructions.storeImmediate(Opcode.SIZE_DW, Register.R10, frame.key(), 0));
        for (int i = 0; i < maps.size(); i++) {
            Label found = code.label("found");
            references.add(new Reference.ToMap(code.slots(), selectors.getOrDefault(maps.get(i), "")));
            code.add(Instructions.loadMap(Register.R1, 0))
                    .add(Instructions.move(Register.R2, Register.R10))
                    .add(Instructions.arithmeticImmediate(Opcode.ADD, Register.R2, frame.key()))
                    .add(Instructions.call(MAP_LOOKUP_ELEM))
                    .add(Instructions.jumpIfImmediate(Opcode.JNE, Register.R0, 0), found)
                    .add(Instructions.moveImmediate(Register.R0, 0))
                    .add(Instructions.exit())
                    .place(found)
                    .add(Instructions.store(Opcode.SIZE_DW, Register.R10, frame.map(i), Register.R0));
        }
        code.add(Instructions.load(Opcode.SIZE_DW, Register.R1, Register.R10, frame.context()));
        return program.insertBefore(0, code.assemble(), references);
    }

    /** How far below the frame pointer the main function may reach: the most negative offset or addend in it. */
    private static int stackDepth(LinkedProgram program, int mainEnd) {
        Bytecode code = program.code();
        int deepest = 0;
        for (int slot = 0; slot < Math.min(code.slots(), mainEnd); slot++) {
            deepest = Math.min(deepest, reach(code, slot));
            slot += code.isWide(slot) ? 1 : 0;
        }
        return (-deepest + Long.BYTES - 1) & -Long.BYTES;
    }

    private static int reach(Bytecode code, int slot) {
        int opcode = code.opcode(slot);
        return switch (Opcode.classOf(opcode)) {
            case Opcode.CLASS_LDX -> code.source(slot) == Register.R10 ? code.offset(slot) : 0;
            case Opcode.CLASS_ST, Opcode.CLASS_STX -> code.destination(slot) == Register.R10 ? code.offset(slot) : 0;
            // Which register holds an address on the stack is not followed: any addend that could be a place there
            // counts.
            case Opcode.CLASS_ALU64 ->
                opcode == (Opcode.CLASS_ALU64 | Opcode.ADD) && code.immediate(slot) >= -STACK_SIZE
                        ? code.immediate(slot)
                        : 0;
            default -> 0;
        };
    }

    /**
     * Places below what the function itself uses of its stack.
     *
     * @param depth bytes of its own, a multiple of eight
     */
    private record Frame(int depth) {
        static int size(int maps) {
            return (2 + maps) * Long.BYTES;
        }

        int context() {
            return -depth - Long.BYTES;
        }

        int key() {
            return -depth - 2 * Long.BYTES;
        }

        int map(int index) {
            return -depth - (3 + index) * Long.BYTES;
        }
    }
}

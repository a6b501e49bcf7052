// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.PseudoSource;
import dev.jig.bpf.insn.Register;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An upper bound of the stack that functions use with all that they call: the lowest constant that is added to the frame pointer or accessed from it, rounded
 * as the kernel does (kernel: {@code check_max_stack_depth} rounds each frame to 32 bytes).
 */
final class StackDepth {
    private static final int ROUNDING = 32;

    private final ProgramModel model;
    private final Map<Integer, Integer> known = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();

    StackDepth(ProgramModel model) {
        this.model = model;
    }

    int of(int function) {
        Integer before = known.get(function);
        if (before != null) {
            return before;
        }
        if (!open.add(function)) {
            // The kernel allows no recursion.
            return 0;
        }
        Bytecode code = model.code;
        int own = 0;
        int deepest = 0;
        int end = model.endSlot(function);
        for (int slot = model.firstSlot(function); slot < end; slot += code.isWide(slot) ? 2 : 1) {
            own = Math.max(own, frame(code, slot, end));
            boolean refers =
                    code.isFunctionCall(slot) || code.isWide(slot) && code.source(slot) == PseudoSource.FUNCTION;
            if (refers) {
                deepest = Math.max(
                        deepest,
                        model.functionAt(slot + 1 + code.immediate(slot))
                                .map(this::of)
                                .orElse(0));
            }
        }
        open.remove(function);
        int rounded = (Math.max(1, own) + ROUNDING - 1) / ROUNDING * ROUNDING;
        known.put(function, rounded + deepest);
        return rounded + deepest;
    }

    private static int frame(Bytecode code, int slot, int end) {
        int opcode = code.opcode(slot);
        return switch (Opcode.classOf(opcode)) {
            case Opcode.CLASS_LDX -> code.source(slot) == Register.R10 ? -code.offset(slot) : 0;
            case Opcode.CLASS_ST, Opcode.CLASS_STX -> code.destination(slot) == Register.R10 ? -code.offset(slot) : 0;
            case Opcode.CLASS_ALU64 -> {
                boolean copy = Opcode.codeOf(opcode) == Opcode.MOV
                        && Opcode.isRegisterSource(opcode)
                        && code.source(slot) == Register.R10
                        && slot + 1 < end;
                boolean added = copy
                        && code.opcode(slot + 1) == (Opcode.CLASS_ALU64 | Opcode.ADD)
                        && code.destination(slot + 1) == code.destination(slot);
                yield added ? -code.immediate(slot + 1) : 0;
            }
            default -> 0;
        };
    }
}

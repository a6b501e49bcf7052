// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.core.CoreNeed;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.PseudoSource;
import dev.jig.bpf.insn.Register;
import dev.jig.bpf.object.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What single instructions do to registers and memory, calls apart. */
final class Interpreter {
    private static final int CHANGES_RESULT = 1;
    private static final int COMPARE_AND_EXCHANGE = 0xf1;
    private static final long LOW_32 = 0xffff_ffffL;

    private final ProgramModel model;
    private final Bytecode code;
    private final Memory memory;

    Interpreter(ProgramModel model, Memory memory) {
        this.model = model;
        this.code = model.code;
        this.memory = memory;
    }

    /** Runs an instruction that neither jumps nor calls. */
    void step(Activation activation, MachineState state, int slot) {
        int opcode = code.opcode(slot);
        switch (Opcode.classOf(opcode)) {
            case Opcode.CLASS_ALU, Opcode.CLASS_ALU64 -> arithmetic(state, slot, opcode);
            case Opcode.CLASS_LDX -> load(activation, state, slot, opcode);
            case Opcode.CLASS_ST, Opcode.CLASS_STX -> store(activation, state, slot, opcode);
            case Opcode.CLASS_LD -> special(state, slot, opcode);
            default -> set(state, Register.R0, Value.ANYTHING);
        }
    }

    private static void set(MachineState state, int register, Value value) {
        if (register < MachineState.REGISTERS) {
            state.registers[register] = value;
        }
    }

    private static Value get(MachineState state, int register) {
        return register < MachineState.REGISTERS ? state.registers[register] : Value.ANYTHING;
    }

    /** What a relocated constant is, which depends on the kernel. */
    private Optional<Value> relocated(int slot) {
        CoreNeed need = model.needs.get(slot);
        if (need == null) {
            return Optional.empty();
        }
        return Optional.of(need.isQuestion() ? Value.from(need.kind().words() + " " + need.subject()) : Value.ANYTHING);
    }

    private void special(MachineState state, int slot, int opcode) {
        if (opcode != Opcode.LD_IMM64) {
            // Packet loads put their result into r0 and leave r1 to r5 undefined.
            set(state, Register.R0, Value.from("packet"));
            return;
        }
        set(state, code.destination(slot), constant(slot));
    }

    private Value constant(int slot) {
        Optional<Value> relocated = relocated(slot);
        if (relocated.isPresent()) {
            return relocated.get();
        }
        Optional<Reference> reference = model.reference(slot);
        if (reference.isPresent()) {
            return switch (reference.get()) {
                case Reference.ToMap map -> Value.of(new Target.Map(map.map()));
                case Reference.ToData data -> Value.of(model.data(data.section(), data.offset()));
                case Reference.ToConfiguration variable ->
                    Value.of(model.data(".kconfig", variable.variable().offset()));
                case Reference.ToKernelSymbol symbol -> address(symbol.name());
                case Reference.ToTypedSymbol symbol -> address(symbol.name());
                case Reference.ToKernelFunction function -> Value.from(function.name());
            };
        }
        if (code.source(slot) == PseudoSource.FUNCTION) {
            return Value.of(new Target.Function(slot + 1 + code.immediate(slot)));
        }
        return Value.of(code.wideImmediate(slot));
    }

    private Value address(String symbol) {
        return model.isAbsent(symbol) ? Value.of(0L) : Value.from("symbol " + symbol);
    }

    private void arithmetic(MachineState state, int slot, int opcode) {
        boolean wide = Opcode.classOf(opcode) == Opcode.CLASS_ALU64;
        int destination = code.destination(slot);
        Value left = get(state, destination);
        Value right = operand(state, slot, opcode);
        Value result = switch (Opcode.codeOf(opcode)) {
            case Opcode.MOV -> moved(slot, right);
            case Opcode.ADD -> left.plus(right, false);
            case Opcode.SUB -> left.plus(right, true);
            case Opcode.AND -> left.combine(right, (a, b) -> a & b);
            case Opcode.OR -> left.combine(right, (a, b) -> a | b);
            case Opcode.XOR -> left.combine(right, (a, b) -> a ^ b);
            case Opcode.MUL -> left.combine(right, (a, b) -> a * b);
            case Opcode.LSH -> left.combine(right, (a, b) -> a << (b & (wide ? 63 : 31)));
            case Opcode.RSH -> left.combine(right, (a, b) -> wide ? a >>> (b & 63) : (a & LOW_32) >>> (b & 31));
            case Opcode.ARSH -> left.combine(right, (a, b) -> wide ? a >> (b & 63) : (int) a >> (b & 31));
            case Opcode.NEG -> Value.of(0L).combine(left, (a, b) -> a - b);
            default -> Value.ANYTHING.withOrigins(left).withOrigins(right);
        };
        set(state, destination, wide ? result : result.narrowed());
    }

    private Value operand(MachineState state, int slot, int opcode) {
        if (Opcode.isRegisterSource(opcode)) {
            return get(state, code.source(slot));
        }
        return relocated(slot).orElseGet(() -> Value.of((long) code.immediate(slot)));
    }

    /** A copy, unless only some bits of it are taken. */
    private Value moved(int slot, Value value) {
        int bits = code.offset(slot);
        return bits == 8 || bits == 16 ? Value.ANYTHING.withOrigins(value) : value;
    }

    private void load(Activation activation, MachineState state, int slot, int opcode) {
        int bytes = Opcode.accessBytes(opcode);
        Value pointer = get(state, code.source(slot));
        for (Target target : pointer.targets()) {
            if (target instanceof Target.ContextField field) {
                memory.dereference(activation, slot, field.offset());
            }
        }
        Value base = pointer.plus(offset(slot), false);
        Value result = Value.NOTHING;
        for (Target target : base.targets()) {
            result = result.join(memory.load(activation, state, slot, target, bytes));
        }
        if (base.targets().isEmpty() || base.other()) {
            result = result.join(Value.ANYTHING.withOrigins(base));
        }
        set(state, code.destination(slot), result);
    }

    private Value offset(int slot) {
        return Value.of((long) code.offset(slot));
    }

    private void store(Activation activation, MachineState state, int slot, int opcode) {
        int bytes = Opcode.accessBytes(opcode);
        boolean atomic = Opcode.modeOf(opcode) == Opcode.MODE_ATOMIC;
        boolean fromRegister = Opcode.classOf(opcode) == Opcode.CLASS_STX;
        Value stored = fromRegister ? get(state, code.source(slot)) : Value.of((long) code.immediate(slot));
        if (bytes < Integer.BYTES || atomic) {
            stored = stored.isKnownNumber() && !atomic ? stored : Value.ANYTHING.withOrigins(stored);
        } else if (bytes == Integer.BYTES) {
            stored = stored.narrowed();
        }
        Value base = get(state, code.destination(slot)).plus(offset(slot), false);
        boolean certain = base.targets().size() == 1 && !base.other();
        for (Target target : base.targets()) {
            memory.store(activation, state, slot, target, bytes, stored, certain, atomic);
        }
        if (base.other() || base.targets().isEmpty()) {
            memory.storeOutside(activation, slot);
        }
        if (atomic) {
            fetch(state, slot);
        }
    }

    /** Atomic operations that return what was there before, or loads with acquire. */
    private void fetch(MachineState state, int slot) {
        int operation = code.immediate(slot);
        if (operation == COMPARE_AND_EXCHANGE) {
            set(state, Register.R0, Value.ANYTHING);
        } else if ((operation & CHANGES_RESULT) != 0) {
            set(state, code.source(slot), Value.ANYTHING);
        } else if (operation > 0xff) {
            set(state, code.destination(slot), Value.ANYTHING);
        }
    }

    /** The sides of a branch that may be taken, 0 for its condition being true. */
    List<Integer> sides(MachineState state, int slot) {
        int opcode = code.opcode(slot);
        if (Opcode.codeOf(opcode) == Opcode.JCOND) {
            return List.of(0, 1);
        }
        Value left = get(state, code.destination(slot));
        Value right = operand(state, slot, opcode);
        if (!left.isKnownNumber() || !right.isKnownNumber()) {
            return List.of(0, 1);
        }
        List<Integer> sides = new ArrayList<>();
        boolean wide = Opcode.classOf(opcode) == Opcode.CLASS_JMP;
        for (long a : left.numbers()) {
            for (long b : right.numbers()) {
                int side = wide ? (holds(opcode, a, b) ? 0 : 1) : holds32(opcode, a, b) ? 0 : 1;
                if (!sides.contains(side)) {
                    sides.add(side);
                }
            }
        }
        sides.sort(null);
        return sides;
    }

    private static boolean holds32(int opcode, long a, long b) {
        int operation = Opcode.codeOf(opcode);
        boolean signed = operation == Opcode.JSGT
                || operation == Opcode.JSGE
                || operation == Opcode.JSLT
                || operation == Opcode.JSLE;
        return signed ? holds(opcode, a << 32 >> 32, b << 32 >> 32) : holds(opcode, a & LOW_32, b & LOW_32);
    }

    private static boolean holds(int opcode, long a, long b) {
        return switch (Opcode.codeOf(opcode)) {
            case Opcode.JEQ -> a == b;
            case Opcode.JNE -> a != b;
            case Opcode.JSET -> (a & b) != 0;
            case Opcode.JGT -> Long.compareUnsigned(a, b) > 0;
            case Opcode.JGE -> Long.compareUnsigned(a, b) >= 0;
            case Opcode.JLT -> Long.compareUnsigned(a, b) < 0;
            case Opcode.JLE -> Long.compareUnsigned(a, b) <= 0;
            case Opcode.JSGT -> a > b;
            case Opcode.JSGE -> a >= b;
            case Opcode.JSLT -> a < b;
            case Opcode.JSLE -> a <= b;
            default -> true;
        };
    }

    /** What a comparison with a constant for equality tells about its register on one side. */
    void refine(MachineState state, int slot, int side) {
        int opcode = code.opcode(slot);
        int operation = Opcode.codeOf(opcode);
        boolean wide = Opcode.classOf(opcode) == Opcode.CLASS_JMP;
        boolean equality = operation == Opcode.JEQ || operation == Opcode.JNE;
        if (Opcode.isRegisterSource(opcode) || !equality || !wide || code.destination(slot) >= MachineState.REGISTERS) {
            return;
        }
        long number = code.immediate(slot);
        boolean equal = (operation == Opcode.JEQ) == (side == 0);
        Value value = get(state, code.destination(slot));
        if (value.isKnownNumber() || number == 0 && !value.targets().isEmpty()) {
            List<Long> kept = new ArrayList<>();
            for (long candidate : value.numbers()) {
                if ((candidate == number) == equal) {
                    kept.add(candidate);
                }
            }
            boolean keepsTargets = !equal;
            set(
                    state,
                    code.destination(slot),
                    new Value(
                            keepsTargets ? value.targets() : List.of(),
                            kept.isEmpty() && equal ? List.of(number) : List.copyOf(kept),
                            keepsTargets && value.other(),
                            value.origins()));
        }
    }

    /** What decides a branch. */
    List<String> origins(MachineState state, int slot) {
        int opcode = code.opcode(slot);
        Value left = get(state, code.destination(slot));
        return Opcode.isRegisterSource(opcode)
                ? left.withOrigins(get(state, code.source(slot))).origins()
                : left.origins();
    }
}

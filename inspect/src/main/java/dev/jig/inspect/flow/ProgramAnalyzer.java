// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.insn.Register;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.inspect.InspectException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows a program through all ways that it may take, with sets of what registers and the stack may hold, until nothing new comes up (abstract
 * interpretation after Cousot and Cousot, 1977). Functions are followed for each call by itself, so that a map given as an argument is known in them.
 */
final class ProgramAnalyzer {
    private final ProgramModel model;
    private final Bytecode code;
    private final ActivationTable activations = new ActivationTable();
    private final HelperEffects effects;
    private final Recorder recorder = new Recorder();
    private final FlowBudget budget;

    ProgramAnalyzer(ObjectFile object, LinkedProgram program, FlowOptions options, HelperEffects effects) {
        this.budget = new FlowBudget(program.name());
        if (program.code().slots() > FlowBudget.MOST_SLOTS) {
            throw new InspectException("program " + program.name() + " has "
                    + program.code().slots() + " instructions, more than " + FlowBudget.MOST_SLOTS);
        }
        this.model = new ProgramModel(object, program, options);
        this.code = model.code;
        this.effects = effects;
    }

    ProgramFlow analyze() {
        Activation main = activations.main();
        main.entry.registers[Register.R1] = Value.of(new Target.Context(0));
        Pass quiet = new Pass(false);
        for (int id = activations.next(); id >= 0; id = activations.next()) {
            quiet.run(activations.get(id));
        }
        Pass noting = new Pass(true);
        for (int i = 0; i < activations.all().size(); i++) {
            noting.run(activations.get(i));
        }
        return flow(main);
    }

    private ProgramFlow flow(Activation main) {
        List<Use> uses = new UseBuilder(model, activations, new Interpreter(model, noting())).uses(recorder.uses);
        BitSet reached = new BitSet();
        activations.all().forEach(activation -> reached.or(activation.reached));
        Value result = main.result;
        boolean passes = result.targets().stream().allMatch(Target.ContextField.class::isInstance);
        return new ProgramFlow(
                model.program.program(),
                uses,
                recorder.unknown.size(),
                recorder.helperSlots(),
                recorder.kernelFunctionSlots(),
                new TreeSet<>(result.numbers()),
                !result.other() && passes,
                passes && !result.targets().isEmpty(),
                recorder.dereferenced,
                recorder.outside.size(),
                code.slots(),
                reached.cardinality(),
                new StackDepth(model).of(0));
    }

    private Memory noting() {
        return new Memory(model, activations, (activation, slot, map, variable, label) -> {});
    }

    /** One way of going through activations: to find out values, or to note what is done. */
    private final class Pass {
        private final boolean noting;
        private final Interpreter interpreter;
        private final Calls calls;

        Pass(boolean noting) {
            this.noting = noting;
            Memory memory = new Memory(
                    model, activations, noting ? recorder::use : (activation, slot, map, variable, label) -> {});
            this.interpreter = new Interpreter(model, memory);
            this.calls = new Calls(model, memory, activations, effects, recorder, noting);
        }

        void run(Activation activation) {
            ControlFlow flow = model.flow(activation.function);
            TreeSet<Integer> waiting = new TreeSet<>();
            MachineState first = activation.states.computeIfAbsent(0, none -> new MachineState());
            first.join(activation.entry);
            first.registers[Register.R10] = Value.of(new Target.Stack(activation.id, 0));
            if (noting) {
                waiting.addAll(activation.states.keySet());
            } else {
                // Calls may have other results now, and memory other contents.
                waiting.addAll(activation.states.keySet());
                waiting.add(0);
            }
            for (Integer index = waiting.pollFirst(); index != null; index = waiting.pollFirst()) {
                Block block = flow.blocks().get(index);
                MachineState before = activation.states.get(index);
                if (before != null) {
                    leave(activation, block, through(activation, block, before.copy()), waiting);
                }
            }
        }

        private MachineState through(Activation activation, Block block, MachineState state) {
            for (int slot = block.first; slot <= block.last; slot += code.isWide(slot) ? 2 : 1) {
                budget.spend(1);
                activation.reached.set(slot);
                int opcode = code.opcode(slot);
                if (!Opcode.isJumpClass(opcode)) {
                    interpreter.step(activation, state, slot);
                } else if (Opcode.codeOf(opcode) == Opcode.CALL_CODE) {
                    calls.call(activation, state, slot);
                } else if (Opcode.codeOf(opcode) == Opcode.EXIT_CODE) {
                    activations.returned(activation, state.registers[Register.R0]);
                }
            }
            return state;
        }

        private void leave(Activation activation, Block block, MachineState state, Set<Integer> waiting) {
            boolean branch = block.successors.size() > 1;
            List<Integer> sides = branch ? interpreter.sides(state, block.last) : first(block);
            for (int side : sides) {
                MachineState next = state;
                if (branch) {
                    activation.taken.set(2 * block.index + side);
                    next = state.copy();
                    interpreter.refine(next, block.last, side);
                }
                int successor = block.successors.get(side);
                MachineState known = activation.states.get(successor);
                if (known == null) {
                    activation.states.put(successor, next.copy());
                    waiting.add(successor);
                } else if (known.join(next)) {
                    waiting.add(successor);
                }
            }
        }

        private List<Integer> first(Block block) {
            List<Integer> sides = new ArrayList<>();
            if (!block.successors.isEmpty()) {
                sides.add(0);
            }
            return sides;
        }
    }
}

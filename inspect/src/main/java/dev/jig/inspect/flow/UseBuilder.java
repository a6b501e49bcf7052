// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.insn.Opcode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds circumstances to what was noted: where it is in the source, whether it always happens, and what decides that. */
final class UseBuilder {
    private static final int MOST_CONDITIONS = 12;
    private static final int DEEPEST_PATH = 16;

    private final ProgramModel model;
    private final ActivationTable activations;
    private final Interpreter interpreter;
    /** All by {@link #place}. */
    private final Map<Long, List<Use.Condition>> conditions = new HashMap<>();

    private final Map<Long, Use.Condition> branches = new HashMap<>();
    private final Map<Long, List<Use.Nest>> paths = new HashMap<>();

    UseBuilder(ProgramModel model, ActivationTable activations, Interpreter interpreter) {
        this.model = model;
        this.activations = activations;
        this.interpreter = interpreter;
    }

    List<Use> uses(Map<Recorder.Raw, Set<Integer>> raw) {
        List<Use> uses = new ArrayList<>();
        raw.forEach((use, where) -> uses.add(build(use, where)));
        uses.sort(Comparator.comparingInt(Use::slot).thenComparing(Use::target).thenComparing(Use::label));
        return uses;
    }

    private Use build(Recorder.Raw raw, Set<Integer> where) {
        Activation first = activations.get(where.iterator().next());
        boolean always = false;
        for (int id : where) {
            always |= isAlways(activations.get(id), raw.slot());
        }
        return new Use(
                raw.map(),
                raw.variable().isEmpty() ? Optional.empty() : Optional.of(raw.variable()),
                raw.label(),
                model.functionName(first.function),
                raw.slot(),
                model.program.sourceLine(raw.slot()),
                always,
                always ? List.of() : conditions(first, raw.slot()),
                path(first, raw.slot()));
    }

    /** Whether the program always gets to an instruction of a function, and to each call on the way there. */
    private boolean isAlways(Activation activation, int slot) {
        Block block = model.flow(activation.function).blockOf(slot);
        if (!live(activation, block).isEmpty() || activation.isShared()) {
            return false;
        }
        return activation.caller < 0
                || model.code.isFunctionCall(activation.callSlot)
                        && isAlways(activations.get(activation.caller), activation.callSlot);
    }

    /** Decisions of which both sides are possible. */
    private static List<Block.Decision> live(Activation activation, Block block) {
        List<Block.Decision> live = new ArrayList<>();
        for (Block.Decision decision : block.decisions) {
            boolean both = activation.taken.get(2 * decision.block()) && activation.taken.get(2 * decision.block() + 1);
            if (both && decision.block() != block.index) {
                live.add(decision);
            }
        }
        return live;
    }

    /** A key for a block of a function as it is called from one place. */
    private static Long place(Activation activation, Block block) {
        return (long) activation.id << Integer.SIZE | block.index;
    }

    private List<Use.Condition> conditions(Activation activation, int slot) {
        Block block = model.flow(activation.function).blockOf(slot);
        Long place = place(activation, block);
        List<Use.Condition> known = conditions.get(place);
        if (known == null) {
            known = conditions(activation, block);
            conditions.put(place, known);
        }
        return known;
    }

    private List<Use.Condition> conditions(Activation activation, Block block) {
        Set<Use.Condition> found = new LinkedHashSet<>();
        if (activation.caller >= 0) {
            found.addAll(conditions(activations.get(activation.caller), activation.callSlot));
        }
        ControlFlow flow = model.flow(activation.function);
        BitSet deciding = deciding(activation, flow, block);
        for (int index = deciding.nextSetBit(0); index >= 0; index = deciding.nextSetBit(index + 1)) {
            found.add(condition(activation, flow.blocks().get(index)));
        }
        List<Use.Condition> all = new ArrayList<>(found);
        return List.copyOf(all.size() > MOST_CONDITIONS ? all.subList(all.size() - MOST_CONDITIONS, all.size()) : all);
    }

    /** Blocks whose branches decide whether a block runs, and those that decide whether these do. */
    private static BitSet deciding(Activation activation, ControlFlow flow, Block block) {
        BitSet deciding = new BitSet();
        List<Block> waiting = new ArrayList<>(List.of(block));
        while (!waiting.isEmpty()) {
            for (Block.Decision decision : live(activation, waiting.removeLast())) {
                if (!deciding.get(decision.block())) {
                    deciding.set(decision.block());
                    waiting.add(flow.blocks().get(decision.block()));
                }
            }
        }
        return deciding;
    }

    /** The branch at the end of a block, and what decides it. */
    private Use.Condition condition(Activation activation, Block block) {
        return branches.computeIfAbsent(
                place(activation, block),
                none -> new Use.Condition(origins(activation, block), model.program.sourceLine(block.last)));
    }

    private List<String> origins(Activation activation, Block block) {
        MachineState state = activation.states.get(block.index);
        if (state == null) {
            return List.of();
        }
        MachineState copy = state.copy();
        for (int slot = block.first; slot < block.last; slot += model.code.isWide(slot) ? 2 : 1) {
            if (Opcode.isJumpClass(model.code.opcode(slot))) {
                // Behind a call only what it returned is new; the value itself is of no interest.
                copy.registers[0] = Value.from(calleeName(slot));
            } else {
                interpreter.step(activation, copy, slot);
            }
        }
        return interpreter.origins(copy, block.last);
    }

    private String calleeName(int slot) {
        if (model.code.isHelperCall(slot)) {
            return Helper.name(model.code.immediate(slot)).orElse("helper");
        }
        return model.functionAt(slot + 1 + model.code.immediate(slot))
                .map(model::functionName)
                .orElse("kernel function");
    }

    private List<Use.Nest> path(Activation activation, int slot) {
        Block block = model.flow(activation.function).blockOf(slot);
        Long place = place(activation, block);
        List<Use.Nest> known = paths.get(place);
        if (known == null) {
            known = path(activation, block);
            paths.put(place, known);
        }
        return known;
    }

    private List<Use.Nest> path(Activation activation, Block block) {
        List<Use.Nest> path = new ArrayList<>();
        if (activation.caller >= 0) {
            path.addAll(path(activations.get(activation.caller), activation.callSlot));
            if (!model.code.isFunctionCall(activation.callSlot)) {
                path.add(new Use.Nest(
                        Use.Kind.LOOP, activation.callSlot, 0, "calls of " + model.functionName(activation.function)));
            }
        }
        path.addAll(within(activation, model.flow(activation.function), block));
        return List.copyOf(path);
    }

    /** Blocks around a block of the same function: the branch nearest before it, the one before that, and so on. */
    private List<Use.Nest> within(Activation activation, ControlFlow flow, Block block) {
        List<Use.Nest> inward = new ArrayList<>();
        Optional<Block> current = Optional.of(block);
        while (current.isPresent()) {
            Block inner = current.get();
            if (flow.isLoopHead(inner)) {
                inward.add(new Use.Nest(Use.Kind.LOOP, inner.first, 0, "repeated"));
            }
            Optional<Block.Decision> nearest = nearest(activation, inner);
            current = nearest.map(decision -> flow.blocks().get(decision.block()));
            if (current.isPresent()) {
                Block branch = current.get();
                inward.add(
                        new Use.Nest(Use.Kind.CHOICE, branch.last, nearest.get().side(), title(activation, branch)));
            }
        }
        return simplified(inward.reversed());
    }

    private static Optional<Block.Decision> nearest(Activation activation, Block block) {
        Optional<Block.Decision> nearest = Optional.empty();
        for (Block.Decision decision : live(activation, block)) {
            boolean before = decision.block() < block.index;
            if (before && (nearest.isEmpty() || nearest.get().block() < decision.block())) {
                nearest = Optional.of(decision);
            }
        }
        return nearest;
    }

    /** Conditions that take several branches, such as comparisons of texts, are one block; what is nested very deeply stands in an outer block. */
    private static List<Use.Nest> simplified(List<Use.Nest> path) {
        List<Use.Nest> simple = new ArrayList<>();
        for (Use.Nest nest : path) {
            boolean same = !simple.isEmpty()
                    && simple.getLast().kind() == nest.kind()
                    && simple.getLast().title().equals(nest.title());
            if (!same && simple.size() < DEEPEST_PATH) {
                simple.add(nest);
            }
        }
        return simple;
    }

    private String title(Activation activation, Block branch) {
        Use.Condition condition = condition(activation, branch);
        String text = condition.line().map(found -> found.text().strip()).orElse("");
        if (!text.isEmpty()) {
            return text;
        }
        return condition.on().isEmpty() ? "condition" : String.join(", ", condition.on());
    }
}

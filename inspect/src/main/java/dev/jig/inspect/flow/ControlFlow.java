// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Opcode;
import dev.jig.inspect.InspectException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The blocks of one function, and which branches decide whether a block runs (control dependence after Ferrante, Ottenstein and Warren, 1987). */
final class ControlFlow {
    private static final int MOST_DECISIONS = 200_000;
    private static final int CONDITIONAL = 2;

    private final Bytecode code;
    private final int start;
    private final int end;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<Integer, Integer> blockAt = new HashMap<>();
    private final BitSet loopHeads = new BitSet();
    private boolean jumpsAnywhere;

    /**
     * @param start first slot of the function
     * @param end slot behind its last one
     */
    ControlFlow(Bytecode code, int start, int end) {
        this.code = code;
        this.start = start;
        this.end = end;
        makeBlocks(leaders());
        connect();
        new Dependence(blocks).compute();
    }

    List<Block> blocks() {
        return blocks;
    }

    /** Whether an indirect jump makes the picture incomplete. */
    boolean jumpsAnywhere() {
        return jumpsAnywhere;
    }

    Block blockOf(int slot) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (blocks.get(middle).first <= slot) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return blocks.get(low);
    }

    /** Whether a jump back leads to this block. */
    boolean isLoopHead(Block block) {
        return loopHeads.get(block.index);
    }

    private BitSet leaders() {
        BitSet leaders = new BitSet();
        leaders.set(0);
        for (int slot = start; slot < end; slot += width(slot)) {
            if (!isJump(slot)) {
                continue;
            }
            for (int target : targets(slot)) {
                leaders.set(target - start);
            }
            if (slot + 1 < end) {
                leaders.set(slot + 1 - start);
            }
        }
        return leaders;
    }

    private int width(int slot) {
        return code.isWide(slot) ? 2 : 1;
    }

    private boolean isJump(int slot) {
        int opcode = code.opcode(slot);
        return Opcode.isJumpClass(opcode) && Opcode.codeOf(opcode) != Opcode.CALL_CODE;
    }

    /** Slots that a jump may lead to, its target first. */
    private List<Integer> targets(int slot) {
        int opcode = code.opcode(slot);
        int operation = Opcode.codeOf(opcode);
        if (operation == Opcode.EXIT_CODE) {
            return List.of();
        }
        if (operation == Opcode.JA && Opcode.isRegisterSource(opcode)) {
            jumpsAnywhere = true;
            return List.of();
        }
        boolean far = opcode == Opcode.JUMP_LONG;
        long target = slot + 1L + (far ? code.immediate(slot) : code.offset(slot));
        if (target < start || target >= end) {
            throw new InspectException("instruction " + slot + " jumps to " + target + ", out of its function of "
                    + (end - start) + " instructions");
        }
        if (operation == Opcode.JA) {
            return List.of((int) target);
        }
        return slot + 1 < end ? List.of((int) target, slot + 1) : List.of((int) target);
    }

    private void makeBlocks(BitSet leaders) {
        Block current = new Block(0, start);
        for (int slot = start; slot < end; slot += width(slot)) {
            if (leaders.get(slot - start)) {
                current = new Block(blocks.size(), slot);
                blocks.add(current);
                blockAt.put(slot, current.index);
            }
            current.last = slot;
        }
    }

    private void connect() {
        for (Block block : blocks) {
            List<Integer> following = isJump(block.last)
                    ? targets(block.last)
                    : block.last + width(block.last) < end ? List.of(block.last + width(block.last)) : List.of();
            for (int slot : following) {
                Integer next = blockAt.get(slot);
                if (next == null) {
                    throw new InspectException(
                            "instruction " + block.last + " jumps into the middle of another, to " + slot);
                }
                block.successors.add(next);
                if (next <= block.index) {
                    loopHeads.set(next);
                }
            }
        }
    }

    /** Post-dominators after Cooper, Harvey and Kennedy (2001), and from them the decisions. */
    private static final class Dependence {
        private final List<Block> blocks;
        private final int exit;
        private final int[] order;
        private final int[] dominator;
        private final BitSet ends = new BitSet();
        private final List<Integer> byOrder = new ArrayList<>();
        private final List<List<Integer>> predecessors = new ArrayList<>();

        Dependence(List<Block> blocks) {
            this.blocks = blocks;
            this.exit = blocks.size();
            this.order = new int[exit + 1];
            this.dominator = new int[exit + 1];
            for (int i = 0; i <= exit; i++) {
                predecessors.add(new ArrayList<>());
                order[i] = -1;
                dominator[i] = -1;
            }
        }

        void compute() {
            for (Block block : blocks) {
                for (int next : block.successors) {
                    predecessors.get(next).add(block.index);
                }
                if (block.successors.isEmpty()) {
                    predecessors.get(exit).add(block.index);
                    ends.set(block.index);
                }
            }
            visit(exit);
            // What never ends, such as an endless loop, is taken to end somehow.
            for (int i = blocks.size() - 1; i >= 0; i--) {
                if (order[i] < 0) {
                    predecessors.get(exit).add(i);
                    ends.set(i);
                    visit(i);
                }
            }
            byOrder.removeIf(node -> node == exit);
            byOrder.add(exit);
            for (int i = 0; i < byOrder.size(); i++) {
                order[byOrder.get(i)] = i;
            }
            dominators();
            decide();
        }

        /** Depth first on the reversed graph, without recursion; numbers in postorder. */
        private void visit(int from) {
            List<int[]> path = new ArrayList<>();
            order[from] = 0;
            path.add(new int[] {from, 0});
            while (!path.isEmpty()) {
                int[] top = path.getLast();
                List<Integer> next = predecessors.get(top[0]);
                if (top[1] == next.size()) {
                    byOrder.add(top[0]);
                    path.removeLast();
                    continue;
                }
                int node = next.get(top[1]++);
                if (order[node] < 0) {
                    order[node] = 0;
                    path.add(new int[] {node, 0});
                }
            }
        }

        private void dominators() {
            dominator[exit] = exit;
            boolean changed = true;
            for (int round = 0; changed && round < 64; round++) {
                changed = false;
                for (int i = byOrder.size() - 2; i >= 0; i--) {
                    int node = byOrder.get(i);
                    int best = -1;
                    for (int next : following(node)) {
                        if (dominator[next] >= 0) {
                            best = best < 0 ? next : common(best, next);
                        }
                    }
                    if (best >= 0 && dominator[node] != best) {
                        dominator[node] = best;
                        changed = true;
                    }
                }
            }
        }

        private List<Integer> following(int node) {
            if (!ends.get(node)) {
                return blocks.get(node).successors;
            }
            List<Integer> all = new ArrayList<>(blocks.get(node).successors);
            all.add(exit);
            return all;
        }

        private int common(int one, int other) {
            int left = one;
            int right = other;
            while (left != right) {
                if (order[left] < order[right]) {
                    left = dominator[left];
                } else {
                    right = dominator[right];
                }
                if (left < 0 || right < 0) {
                    return exit;
                }
            }
            return left;
        }

        private void decide() {
            int total = 0;
            for (Block branch : blocks) {
                if (branch.successors.size() < CONDITIONAL) {
                    continue;
                }
                for (int side = 0; side < CONDITIONAL; side++) {
                    int runner = branch.successors.get(side);
                    while (runner >= 0 && runner != exit && runner != dominator[branch.index]) {
                        Block.Decision decision = new Block.Decision(branch.index, side);
                        if (!blocks.get(runner).decisions.contains(decision)) {
                            blocks.get(runner).decisions.add(decision);
                        }
                        if (++total > MOST_DECISIONS) {
                            throw new InspectException(
                                    "a function has more than " + MOST_DECISIONS + " dependences on branches");
                        }
                        runner = dominator[runner] == runner ? exit : dominator[runner];
                    }
                }
            }
        }
    }
}

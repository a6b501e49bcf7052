// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.ArrayList;
import java.util.List;

/** Instructions that run one after the other. */
final class Block {
    final int index;
    final int first;
    /** Slot of the last instruction. */
    int last;
    /** Indexes of the blocks that may follow: of a branch, that for the condition being true, then the other. */
    final List<Integer> successors = new ArrayList<>(2);

    /** What decides whether this block runs: branches with the side that leads here. */
    final List<Decision> decisions = new ArrayList<>();

    /**
     * A side of a branch.
     *
     * @param block index of the block that ends with the branch
     * @param side 0 for the condition being true
     */
    record Decision(int block, int side) {}

    Block(int index, int first) {
        this.index = index;
        this.first = first;
        this.last = first;
    }
}

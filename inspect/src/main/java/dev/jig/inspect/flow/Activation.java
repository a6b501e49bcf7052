// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A function as it is called from one place. */
final class Activation {
    final int id;
    /** Index of the function in the program. */
    final int function;
    /** Id of the activation that calls, and slot of the call; {@link ActivationTable#NOBODY} for the program itself, {@link ActivationTable#MANY} for functions called from too many places. */
    final int caller;

    final int callSlot;
    final int depth;
    final MachineState entry = new MachineState();
    /** State before each block, by index of the block. */
    final Map<Integer, MachineState> states = new HashMap<>();
    /** Who waits for the result, by id. */
    final TreeSet<Integer> waiting = new TreeSet<>();
    /** Everything that was ever stored in this stack, by offset, for functions that get pointers into it. */
    final TreeMap<Integer, Value> stored = new TreeMap<>();
    /** What other functions stored in this stack. */
    final TreeMap<Integer, Value> foreign = new TreeMap<>();

    final BitSet reached = new BitSet();
    /** Sides of branches that can be taken: twice the index of the block, and one more for the second. */
    final BitSet taken = new BitSet();

    Value result = Value.NOTHING;

    Activation(int id, int function, int caller, int callSlot, int depth) {
        this.id = id;
        this.function = function;
        this.caller = caller;
        this.callSlot = callSlot;
        this.depth = depth;
    }

    /** Whether it stands for calls from several places. */
    boolean isShared() {
        return caller == ActivationTable.MANY;
    }
}

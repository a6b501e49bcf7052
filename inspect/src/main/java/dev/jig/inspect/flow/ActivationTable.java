// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The activations of a program, and which of them must be looked at again. */
final class ActivationTable {
    /** The kernel's {@code MAX_CALL_FRAMES}. */
    private static final int DEEPEST = 8;

    private static final int MOST = 256;

    static final int NOBODY = -1;
    static final int MANY = -2;

    private final List<Activation> activations = new ArrayList<>();
    private final Map<Key, Activation> byKey = new HashMap<>();
    private final TreeSet<Integer> dirty = new TreeSet<>();

    private record Key(int function, int caller, int slot) {}

    Activation get(int id) {
        return activations.get(id);
    }

    List<Activation> all() {
        return activations;
    }

    Activation main() {
        Activation main = make(new Key(0, NOBODY, NOBODY), 0);
        dirty.add(main.id);
        return main;
    }

    private Activation make(Key key, int depth) {
        return byKey.computeIfAbsent(key, none -> {
            Activation made = new Activation(activations.size(), key.function, key.caller, key.slot, depth);
            activations.add(made);
            dirty.add(made.id);
            return made;
        });
    }

    /** The activation of a function for a call; calls that are too deep or too many share one. */
    Activation called(Activation caller, int slot, int function) {
        Key own = new Key(function, caller.id, slot);
        boolean shared = !byKey.containsKey(own) && (caller.depth >= DEEPEST || activations.size() >= MOST);
        Activation callee =
                shared ? make(new Key(function, MANY, MANY), caller.depth + 1) : make(own, caller.depth + 1);
        callee.waiting.add(caller.id);
        return callee;
    }

    /** Hands arguments to a function. */
    void pass(Activation callee, int register, Value value) {
        Value joined = callee.entry.registers[register].join(value);
        if (!joined.equals(callee.entry.registers[register])) {
            callee.entry.registers[register] = joined;
            dirty.add(callee.id);
        }
    }

    void returned(Activation activation, Value value) {
        Value joined = activation.result.join(value);
        if (!joined.equals(activation.result)) {
            activation.result = joined;
            dirty.addAll(activation.waiting);
        }
    }

    void addStored(Activation owner, int offset, Value value) {
        Value before = owner.stored.getOrDefault(offset, Value.NOTHING);
        Value joined = before.join(value);
        if (!joined.equals(before)) {
            owner.stored.put(offset, joined);
            markCallees(owner);
        }
    }

    void addForeign(Activation owner, int offset, Value value) {
        Value before = owner.foreign.getOrDefault(offset, Value.NOTHING);
        Value joined = before.join(value);
        if (!joined.equals(before)) {
            owner.foreign.put(offset, joined);
            dirty.add(owner.id);
            markCallees(owner);
        }
    }

    private void markCallees(Activation owner) {
        for (Activation other : activations) {
            if (other != owner && other.depth > owner.depth) {
                dirty.add(other.id);
            }
        }
    }

    /** The next one to look at, or -1. */
    int next() {
        Integer id = dirty.pollFirst();
        return id == null ? -1 : id;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Notes what instructions do, once it is clear what registers hold. */
final class Recorder {
    /** What is done where, with the activations in which it happens. */
    final Map<Raw, Set<Integer>> uses = new LinkedHashMap<>();

    final Map<Integer, TreeSet<Integer>> helpers = new TreeMap<>();
    final Map<String, TreeSet<Integer>> kernelFunctions = new TreeMap<>();
    final Set<Integer> unknown = new TreeSet<>();

    /** A use without its circumstances. */
    record Raw(int slot, String map, String variable, String label) {}

    /** Places where memory is written that is neither stack nor map. */
    final Set<Integer> outside = new TreeSet<>();

    /** Offsets in the context of pointers that are loaded through. */
    final Set<Integer> dereferenced = new TreeSet<>();

    /** Label of such loads. */
    static final String DEREFERENCE = "Dereference";

    /** Stands for memory that is neither stack nor map. */
    static final String OUTSIDE = "";

    void use(int activation, int slot, String map, String variable, String label) {
        if (map.equals(OUTSIDE)) {
            if (label.equals(DEREFERENCE)) {
                dereferenced.add(Integer.valueOf(variable));
            } else {
                outside.add(slot);
            }
            return;
        }
        uses.computeIfAbsent(new Raw(slot, map, variable, label), none -> new TreeSet<>())
                .add(activation);
    }

    void unknown(int activation, int slot, String label) {
        unknown.add(slot);
        use(activation, slot, Use.UNKNOWN, "", label);
    }

    void helper(int number, int slot) {
        helpers.computeIfAbsent(number, none -> new TreeSet<>()).add(slot);
    }

    void kernelFunction(String name, int slot) {
        kernelFunctions.computeIfAbsent(name, none -> new TreeSet<>()).add(slot);
    }

    Map<Integer, List<Integer>> helperSlots() {
        Map<Integer, List<Integer>> slots = new TreeMap<>();
        helpers.forEach((number, at) -> slots.put(number, new ArrayList<>(at)));
        return slots;
    }

    Map<String, List<Integer>> kernelFunctionSlots() {
        Map<String, List<Integer>> slots = new TreeMap<>();
        kernelFunctions.forEach((name, at) -> slots.put(name, new ArrayList<>(at)));
        return slots;
    }
}

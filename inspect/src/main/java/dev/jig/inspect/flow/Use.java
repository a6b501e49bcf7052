// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.object.SourceLine;
import java.util.List;
import java.util.Optional;

/**
 * Something that a program does with a map or a variable.
 *
 * @param map name of the map or data section; {@link #UNKNOWN} if it could not be found out
 * @param variable name of the variable in a data section, or empty
 * @param label what is done
 * @param function where
 * @param slot of the instruction, in the program
 * @param line in the source
 * @param always whether each run of the program gets there
 * @param conditions that decide it, outermost first
 * @param path of blocks in which it stands, outermost first
 */
public record Use(
        String map,
        Optional<String> variable,
        String label,
        String function,
        int slot,
        Optional<SourceLine> line,
        boolean always,
        List<Condition> conditions,
        List<Nest> path) {
    /** Stands for a map that could not be found out. */
    public static final String UNKNOWN = "unknown";

    public Use {
        conditions = List.copyOf(conditions);
        path = List.copyOf(path);
    }

    /** The map or, for what happens to a variable, section and name. */
    public String target() {
        return variable.isPresent() ? map + ":" + variable.get() : map;
    }

    /**
     * A branch on the way.
     *
     * @param on what decides it: variables, and helpers whose result is looked at
     * @param line in the source
     */
    public record Condition(List<String> on, Optional<SourceLine> line) {
        public Condition {
            on = List.copyOf(on);
        }
    }

    /**
     * A block of a sequence.
     *
     * @param kind whether it is run at most once, or again and again
     * @param slot of the branch
     * @param side of the branch: 0 for the condition being true
     * @param title for people
     */
    public record Nest(Kind kind, int slot, int side, String title) {}

    /** Kinds of blocks. */
    public enum Kind {
        CHOICE,
        LOOP
    }
}

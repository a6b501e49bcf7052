// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A program as one list: its own instructions, then those of each subprogram that it can reach, breadth first, the callees of a function in ascending order
 * of name.
 *
 * @param name of its function
 * @param section that it stands in
 */
public record FlatProgram(String name, String section, List<ListedInstruction> instructions) {
    public FlatProgram {
        requireNonNull(name, "name is null");
        instructions = List.copyOf(instructions);
    }
}

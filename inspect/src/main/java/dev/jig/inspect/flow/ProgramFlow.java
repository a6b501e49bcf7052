// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.object.ProgramSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a program does.
 *
 * @param program its entry point
 * @param uses of maps and variables, in order of instruction
 * @param unknown number of places where the map could not be found out
 * @param helpers numbers of the helpers that it can reach, with the slots of the calls
 * @param kernelFunctions names of the kernel functions that it can reach, with the slots of the calls
 * @param results numbers that it may return
 * @param resultKnown whether these are all
 * @param passesContext whether what it may return besides is a number that it was given, unchanged
 * @param dereferenced offsets in the context of pointers that it loads through without a helper
 * @param outsideWrites places where it writes memory that is neither stack nor map, such as a packet
 * @param instructions slots of the program with all its functions
 * @param reachable slots that can be reached
 * @param stack bytes of stack that it uses at most, calls included
 */
public record ProgramFlow(
        ProgramSpec program,
        List<Use> uses,
        int unknown,
        Map<Integer, List<Integer>> helpers,
        Map<String, List<Integer>> kernelFunctions,
        Set<Long> results,
        boolean resultKnown,
        boolean passesContext,
        Set<Integer> dereferenced,
        int outsideWrites,
        int instructions,
        int reachable,
        int stack) {
    public ProgramFlow {
        uses = List.copyOf(uses);
    }

    /** Name of its function. */
    public String name() {
        return program.name();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.inventory.ProgramHolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The processes that hold programs, by program, each once.
 *
 * @param byProgram in the order in which they were found
 */
record Holders(Map<Integer, List<ProgramHolder>> byProgram) {
    /** Who is asked. */
    interface Source extends Supplier<List<ProgramHolder>>, AutoCloseable {
        @Override
        void close();
    }

    static Holders of(List<ProgramHolder> found) {
        Map<Integer, List<ProgramHolder>> byProgram = new HashMap<>();
        for (ProgramHolder holder : found) {
            List<ProgramHolder> holders = byProgram.computeIfAbsent(holder.program(), ignored -> new ArrayList<>());
            // Several descriptors of a process come one after the other.
            if (!holders.contains(holder)) {
                holders.add(holder);
            }
        }
        return new Holders(byProgram);
    }

    String names(int program) {
        StringBuilder names = new StringBuilder();
        for (ProgramHolder holder : byProgram.getOrDefault(program, List.of())) {
            names.append(names.isEmpty() ? "" : ",").append(holder.comm());
        }
        return names.toString();
    }

    String pids(int program) {
        StringBuilder pids = new StringBuilder();
        for (ProgramHolder holder : byProgram.getOrDefault(program, List.of())) {
            pids.append(pids.isEmpty() ? "" : ",").append(holder.pid());
        }
        return pids.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.diagram;

import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.insn.Register;
import dev.jig.inspect.listing.FlatProgram;
import dev.jig.inspect.listing.ListedInstruction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Upstream's guess at what a program does with maps: one look at its instructions in order, whatever jumps there are. The name last loaded into the register
 * that a helper takes its map in is taken for the map. Wrong where registers are copied; kept for equal diagrams.
 */
final class ReferenceScan {
    private static final int REGISTERS = 16;

    private ReferenceScan() {}

    /** Interactions in order of first occurrence. */
    static List<Interaction> interactions(FlatProgram program) {
        LinkedHashSet<Interaction> found = new LinkedHashSet<>();
        String[] last = new String[REGISTERS];
        for (ListedInstruction listed : program.instructions()) {
            if (listed.callsHelper()) {
                int helper = (int) listed.instruction().immediate();
                String name = helper == PERF_EVENT_OUTPUT ? last[Register.R2] : last[Register.R1];
                Optional<String> label = label(helper);
                if (name != null && label.isPresent()) {
                    found.add(new Interaction(name, label.get()));
                }
            }
            if (listed.reference().isPresent()) {
                last[listed.instruction().destination()] = listed.reference().get();
            }
        }
        return new ArrayList<>(found);
    }

    private static final int PERF_EVENT_OUTPUT =
            Helper.number("bpf_perf_event_output").orElseThrow();

    private static Optional<String> label(int helper) {
        return switch (helper) {
            case 1 -> Optional.of("Lookup");
            case 2 -> Optional.of("Update");
            case 3 -> Optional.of("Delete");
            case 25 -> Optional.of("EventOutput");
            case 87 -> Optional.of("Push");
            case 88 -> Optional.of("Pop");
            case 89 -> Optional.of("Peek");
            case 195 -> Optional.of("LookupPercpu");
            default -> Optional.empty();
        };
    }
}

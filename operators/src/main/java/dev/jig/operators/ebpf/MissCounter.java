// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.program.BpfProgram;
import java.util.List;

/**
 * Counts how often the kernel passed over programs because another one was running on the same processor: events that
 * nobody saw, not even the program.
 */
final class MissCounter {
    private final List<BpfProgram> programs;
    private long seen;

    MissCounter(List<BpfProgram> programs) {
        this.programs = List.copyOf(programs);
    }

    /** Misses since the last call. */
    long poll() {
        long total = 0;
        for (BpfProgram program : programs) {
            total += program.recursionMisses();
        }
        long news = total - seen;
        seen = total;
        return news;
    }
}

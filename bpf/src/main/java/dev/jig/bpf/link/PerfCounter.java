// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import java.util.Locale;
import java.util.Optional;

/** What a perf event counts ({@code enum perf_sw_ids} and {@code enum perf_hw_id} of {@code linux/perf_event.h}). */
public enum PerfCounter {
    SW_CPU_CLOCK(PerfEventAttribute.TYPE_SOFTWARE, 0),
    SW_TASK_CLOCK(PerfEventAttribute.TYPE_SOFTWARE, 1),
    SW_PAGE_FAULTS(PerfEventAttribute.TYPE_SOFTWARE, 2),
    SW_CONTEXT_SWITCHES(PerfEventAttribute.TYPE_SOFTWARE, 3),
    SW_CPU_MIGRATIONS(PerfEventAttribute.TYPE_SOFTWARE, 4),
    SW_PAGE_FAULTS_MIN(PerfEventAttribute.TYPE_SOFTWARE, 5),
    SW_PAGE_FAULTS_MAJ(PerfEventAttribute.TYPE_SOFTWARE, 6),
    HW_CPU_CYCLES(PerfEventAttribute.TYPE_HARDWARE, 0),
    HW_INSTRUCTIONS(PerfEventAttribute.TYPE_HARDWARE, 1),
    HW_CACHE_REFERENCES(PerfEventAttribute.TYPE_HARDWARE, 2),
    HW_CACHE_MISSES(PerfEventAttribute.TYPE_HARDWARE, 3),
    HW_BRANCH_INSTRUCTIONS(PerfEventAttribute.TYPE_HARDWARE, 4),
    HW_BRANCH_MISSES(PerfEventAttribute.TYPE_HARDWARE, 5),
    HW_BUS_CYCLES(PerfEventAttribute.TYPE_HARDWARE, 6),
    HW_REF_CPU_CYCLES(PerfEventAttribute.TYPE_HARDWARE, 9);

    private static final String PREFIX = "PERF_COUNT_";

    private final int type;
    private final int config;

    PerfCounter(int type, int config) {
        this.type = type;
        this.config = config;
    }

    /** The counter that the kernel calls {@code PERF_COUNT_…}, in letters of either case. */
    public static Optional<PerfCounter> named(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        for (PerfCounter counter : values()) {
            if (wanted.equals(counter.kernelName())) {
                return Optional.of(counter);
            }
        }
        return Optional.empty();
    }

    /** The kernel's name. */
    public String kernelName() {
        return PREFIX + name();
    }

    /** Whether it needs a unit of the processor, which virtual machines may lack. */
    public boolean isHardware() {
        return type == PerfEventAttribute.TYPE_HARDWARE;
    }

    int type() {
        return type;
    }

    int config() {
        return config;
    }
}

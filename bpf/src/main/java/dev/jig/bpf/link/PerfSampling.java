// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

/** How often a perf event samples. */
public sealed interface PerfSampling {
    /**
     * So many times a second; the kernel adjusts the period.
     *
     * @param hertz at most {@code kernel.perf_event_max_sample_rate}
     */
    record Frequency(long hertz) implements PerfSampling {
        public Frequency {
            requirePositive(hertz, "frequency");
        }
    }

    /**
     * Each time that so many events were counted.
     *
     * @param events nanoseconds, for clocks
     */
    record Period(long events) implements PerfSampling {
        public Period {
            requirePositive(events, "period");
        }
    }

    private static void requirePositive(long value, String what) {
        if (value <= 0) {
            throw new IllegalArgumentException("a " + what + " of " + value + " is not greater than 0");
        }
    }
}

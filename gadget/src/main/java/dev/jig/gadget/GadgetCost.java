// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a gadget costs the kernel.
 *
 * @param programs how many it has
 * @param maps how many they use
 * @param mapBytes memory of these, those within maps included
 * @param runs how often its programs ran within the period
 * @param runTime how long they ran within the period
 * @param period how long was counted; zero where the kernel does not count
 */
public record GadgetCost(int programs, int maps, long mapBytes, long runs, Duration runTime, Duration period) {
    /** Where somebody leaves a way to find out. */
    public static final ContextKey<Meter> METER = new ContextKey<>("gadget.cost", Meter.class);

    public GadgetCost {
        requireNonNull(runTime, "runTime is null");
        requireNonNull(period, "period is null");
    }

    /** Finds out what a gadget costs, while it runs. */
    @FunctionalInterface
    public interface Meter {
        /**
         * Counts for some time, in which the caller waits.
         *
         * @throws GadgetException when the kernel does not tell
         */
        GadgetCost measure(Duration period);
    }
}

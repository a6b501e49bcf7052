// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GoDuration;
import java.time.Duration;

/**
 * When somebody looks.
 *
 * @param interval between looks, above zero
 * @param first the time to an early first look; zero for none
 * @param count how many looks, without the early one; 0 for as long as the gadget runs
 */
public record SampleSchedule(Duration interval, Duration first, long count) {
    /**
     * Reads {@code interval}, {@code first-interval} and {@code count}.
     *
     * @param name of the operator, below {@code operator} in the metadata
     * @param byDefault the interval where none is given
     * @throws GadgetException when one is malformed
     */
    public static SampleSchedule of(Configuration metadata, String name, Duration byDefault) {
        String path = "operator." + name + ".";
        Duration interval = duration(metadata, path + "interval", byDefault);
        if (interval.isZero()) {
            throw new GadgetException(path + "interval must be above 0");
        }
        return new SampleSchedule(
                interval, duration(metadata, path + "first-interval", Duration.ZERO), count(metadata, path + "count"));
    }

    private static Duration duration(Configuration metadata, String path, Duration byDefault) {
        String text = metadata.text(path).orElse("");
        if (text.isEmpty()) {
            return byDefault;
        }
        try {
            Duration duration = GoDuration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (GadgetException malformed) {
            throw new GadgetException(path + ": " + malformed.getMessage(), malformed);
        }
        throw new GadgetException(path + " must not be negative: " + text);
    }

    private static long count(Configuration metadata, String path) {
        String text = metadata.text(path).orElse("");
        try {
            long count = text.isEmpty() ? 0 : Long.parseLong(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException malformed) {
            // Told below, as negative numbers are.
        }
        throw new GadgetException(path + " is not a number from 0 on: " + text);
    }
}

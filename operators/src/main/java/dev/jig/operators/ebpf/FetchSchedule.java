// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GoDuration;
import java.time.Duration;

/**
 * When a data source is read.
 *
 * @param interval between reads; zero for at once
 * @param count how often; 0 for as long as the gadget runs, and never if the interval is zero as well
 * @param onStop whether once more when the gadget stops
 */
record FetchSchedule(Duration interval, long count, boolean onStop) {
    static final String INTERVAL = "fetch-interval";
    static final String COUNT = "fetch-count";

    /** What the annotations of a data source of iterator programs say; they are completed by the defaults: once, at once. */
    static FetchSchedule ofIterator(DataSource source) {
        String interval = source.annotation(INTERVAL).orElse("0");
        String count = source.annotation(COUNT).orElse("1");
        source.annotate(INTERVAL, interval);
        source.annotate(COUNT, count);
        return new FetchSchedule(
                interval(source, interval), count(source, count), isTrue(source, "ebpf.iter.fetch-on-stop"));
    }

    /** The values of the params of a data source that is a map; its annotations tell them. */
    static FetchSchedule ofMap(DataSource source, String interval, String count) {
        source.annotate(INTERVAL, interval);
        source.annotate(COUNT, count);
        FetchSchedule schedule = new FetchSchedule(
                interval(source, interval), count(source, count), isTrue(source, "ebpf.map.flush-on-stop"));
        if (schedule.interval.isZero() && schedule.count > 1) {
            throw new GadgetException("data source \"" + source.name() + "\": reading it " + count
                    + " times needs an interval above 0 (map-fetch-interval)");
        }
        return schedule;
    }

    private static boolean isTrue(DataSource source, String annotation) {
        return source.annotation(annotation).filter("true"::equals).isPresent();
    }

    private static Duration interval(DataSource source, String text) {
        try {
            Duration interval = GoDuration.parse(text);
            if (interval.isNegative()) {
                throw new GadgetException("it is negative");
            }
            return interval;
        } catch (GadgetException malformed) {
            throw new GadgetException(
                    "data source \"" + source.name() + "\": " + INTERVAL + " \"" + text + "\": "
                            + malformed.getMessage(),
                    malformed);
        }
    }

    private static long count(DataSource source, String text) {
        try {
            long count = Long.parseLong(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException malformed) {
            // Told below, as negative numbers are.
        }
        throw new GadgetException(
                "data source \"" + source.name() + "\": " + COUNT + " \"" + text + "\" is not a number from 0 on");
    }

    /** How often the data source is read in all, {@link Long#MAX_VALUE} for no end. */
    long times() {
        if (interval.isZero()) {
            return count == 1 ? 1 : 0;
        }
        return count == 0 ? Long.MAX_VALUE : count;
    }
}

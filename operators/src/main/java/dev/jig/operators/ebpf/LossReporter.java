// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.gadget.EventCount;
import dev.jig.gadget.LocalZone;
import dev.jig.gadget.Log;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Tells about lost events of one data source: how many, and between which two looks at the counter. */
final class LossReporter implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final String source;
    private final Optional<LossCounter> counter;
    private final MissCounter misses;
    private final EventCount count;
    private final Log log;
    private Instant lastLook = Instant.now();

    LossReporter(String source, Optional<LossCounter> counter, MissCounter misses, EventCount count, Log log) {
        this.source = source;
        this.counter = counter;
        this.misses = misses;
        this.count = count;
        this.log = log;
    }

    /** Looks at the counter; called about once a second and at the end. */
    void look() {
        long lost = counter.map(LossCounter::poll).orElse(0L);
        long missed = misses.poll();
        Instant now = Instant.now();
        if (lost > 0) {
            tell(lost, now, "the buffer was full (a larger one: --buffer-size)");
        }
        if (missed > 0) {
            tell(missed, now, "they happened while a program was running on the same processor");
        }
        lastLook = now;
    }

    private void tell(long lost, Instant now, String cause) {
        count.lost(lost);
        log.loss("lost " + lost + " events of data source \"" + source + "\" between " + text(lastLook) + " and "
                + text(now) + ": " + cause);
    }

    private static String text(Instant instant) {
        return TIME.format(instant.truncatedTo(ChronoUnit.MILLIS).atZone(LocalZone.current()));
    }

    @Override
    public void close() {
        counter.ifPresent(LossCounter::close);
    }
}

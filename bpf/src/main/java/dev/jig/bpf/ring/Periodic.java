// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import java.time.Duration;

/** Work that a reader's thread does again and again beside its rings. */
final class Periodic {
    /** Stands for "as long as the reader runs". */
    static final long ENDLESS = Long.MAX_VALUE;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long interval;
    private final Runnable work;
    private long left;
    private long due;

    Periodic(Duration interval, long times, Runnable work) {
        this.interval = interval.toNanos();
        this.left = times;
        this.work = work;
    }

    /** The first time is one interval from now. */
    void start(long now) {
        due = now + interval;
    }

    /** Does the work if it is time to; times that were missed are not made up for. */
    void runIfDue(long now) {
        if (left == 0 || now - due < 0) {
            return;
        }
        if (left != ENDLESS) {
            left--;
        }
        due += interval * Math.max(1, (now - due) / Math.max(1, interval) + 1);
        work.run();
    }

    /** Milliseconds until the work is due, rounded up; -1 if it never will be again. */
    int millisecondsLeft(long now) {
        if (left == 0) {
            return -1;
        }
        long nanos = Math.max(0, due - now);
        return (int) Math.min(Integer.MAX_VALUE, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
}

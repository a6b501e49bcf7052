// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.bpf.sys.KernelClock;
import dev.jig.gadget.EventClock;

/**
 * The clock of events of a run that is recorded. The wall clock's distance changes only where the recording says so, so that a replay shows the very same
 * times.
 */
final class RecordingClock implements EventClock {
    private static final long MEASURE_EVERY = 5_000_000_000L;

    private final KernelClock clock = new KernelClock();
    private volatile long distance;
    private long measuredAt;

    /** Has measured once. */
    RecordingClock() {
        measure(System.nanoTime());
    }

    /** Wall clock less boot time, in nanoseconds. */
    long distance() {
        return distance;
    }

    /** Now, in nanoseconds of boot time. */
    long bootTime() {
        return clock.bootTime();
    }

    /**
     * Measures again if it is time to.
     *
     * @param nanoTime the time of {@link System#nanoTime()}
     * @return whether the distance has changed
     */
    boolean refresh(long nanoTime) {
        if (nanoTime - measuredAt < MEASURE_EVERY) {
            return false;
        }
        long before = distance;
        measure(nanoTime);
        return distance != before;
    }

    private void measure(long nanoTime) {
        distance = clock.wallTime() - clock.bootTime();
        measuredAt = nanoTime;
    }

    @Override
    public long wallTime(long bootTime) {
        return (bootTime == 0 ? new KernelClock().bootTime() : bootTime) + distance;
    }
}

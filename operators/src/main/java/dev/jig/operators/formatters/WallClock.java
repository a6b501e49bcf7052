// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.bpf.sys.KernelClock;
import dev.jig.gadget.EventClock;

/**
 * The distance between the clock of events (nanoseconds since boot, suspend included) and the wall clock. It is measured
 * again every few seconds of event time, so that a step of the wall clock shows.
 */
final class WallClock implements EventClock {
    private static final long MEASURE_EVERY = 5_000_000_000L;

    private final KernelClock clock = new KernelClock();
    private long offset;
    private long measuredAt = Long.MIN_VALUE / 2;

    @Override
    public long wallTime(long bootTime) {
        long moment = bootTime == 0 ? clock.bootTime() : bootTime;
        if (Math.abs(moment - measuredAt) > MEASURE_EVERY) {
            offset = clock.wallTime() - clock.bootTime();
            measuredAt = moment;
        }
        return moment + offset;
    }
}

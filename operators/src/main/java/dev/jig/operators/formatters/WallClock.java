// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The distance between the clock of events (nanoseconds since boot, suspend included) and the wall clock. It is measured
 * again every few seconds of event time, so that a step of the wall clock shows.
 */
final class WallClock {
    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_BOOTTIME = 7;
    private static final long SECOND = 1_000_000_000L;
    private static final long MEASURE_EVERY = 5 * SECOND;

    private final MemorySegment time = Arena.ofAuto().allocate(2 * Long.BYTES, Long.BYTES);
    private long offset;
    private long measuredAt = Long.MIN_VALUE / 2;

    /** The wall clock's time of a moment of boot time; 0 stands for now. Both in nanoseconds. */
    long wallTime(long bootTime) {
        long moment = bootTime == 0 ? read(CLOCK_BOOTTIME) : bootTime;
        if (Math.abs(moment - measuredAt) > MEASURE_EVERY) {
            offset = read(CLOCK_REALTIME) - read(CLOCK_BOOTTIME);
            measuredAt = moment;
        }
        return moment + offset;
    }

    private long read(int clock) {
        Kernel.check(Kernel.call(SystemCall.CLOCK_GETTIME, clock, time.address(), 0), "clock_gettime " + clock);
        return time.get(ValueLayout.JAVA_LONG, 0) * SECOND + time.get(ValueLayout.JAVA_LONG, Long.BYTES);
    }
}

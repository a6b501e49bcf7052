// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The clocks of {@code clock_gettime(2)} by which events are timed, in nanoseconds. For one thread at a time. */
public final class KernelClock {
    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_BOOTTIME = 7;
    private static final long SECOND = 1_000_000_000L;

    private final MemorySegment time = Arena.ofAuto().allocate(2 * Long.BYTES, Long.BYTES);

    /** Since the Unix epoch. */
    public long wallTime() {
        return read(CLOCK_REALTIME);
    }

    /** Since the machine was started, suspend included: what {@code bpf_ktime_get_boot_ns} gives. */
    public long bootTime() {
        return read(CLOCK_BOOTTIME);
    }

    private long read(int clock) {
        Kernel.check(Kernel.call(SystemCall.CLOCK_GETTIME, clock, time.address(), 0), "clock_gettime " + clock);
        return time.get(ValueLayout.JAVA_LONG, 0) * SECOND + time.get(ValueLayout.JAVA_LONG, Long.BYTES);
    }
}

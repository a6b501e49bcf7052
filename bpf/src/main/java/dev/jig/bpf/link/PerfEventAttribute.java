// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code struct perf_event_attr}, zeroed, as {@code perf_event_open(2)} takes it.
 *
 * <pre>
 *   0 type  4 size  8 config  16 sample_period/freq  24 sample_type  32 read_format
 *   40 flags (bit 0 disabled, bit 10 freq)  48 wakeup_events/watermark
 *   56 config1 (kprobe_func, uprobe_path)  64 config2 (kprobe_addr, probe_offset)  92 clockid (flag bit 25)
 * </pre>
 */
final class PerfEventAttribute {
    static final int TYPE_HARDWARE = 0;
    static final int TYPE_SOFTWARE = 1;
    static final int TYPE_TRACEPOINT = 2;

    /** {@code PERF_ATTR_SIZE_VER7}. */
    private static final int SIZE = 128;

    private static final long FLAG_FREQUENCY = 1L << 10;
    private static final long FLAG_WATERMARK = 1L << 14;
    private static final long FLAG_CLOCK = 1L << 25;
    private static final int CLOCK_MONOTONIC = 1;

    private final MemorySegment memory;

    PerfEventAttribute(Arena arena, int type, long config) {
        memory = arena.allocate(SIZE, 8);
        memory.set(ValueLayout.JAVA_INT, 0, type);
        memory.set(ValueLayout.JAVA_INT, 4, SIZE);
        memory.set(ValueLayout.JAVA_LONG, 8, config);
    }

    PerfEventAttribute samplePeriod(long events) {
        memory.set(ValueLayout.JAVA_LONG, 16, events);
        return this;
    }

    PerfEventAttribute sampleFrequency(long hertz) {
        memory.set(ValueLayout.JAVA_LONG, 40, FLAG_FREQUENCY);
        return samplePeriod(hertz);
    }

    PerfEventAttribute sampleType(long bits) {
        memory.set(ValueLayout.JAVA_LONG, 24, bits);
        return this;
    }

    PerfEventAttribute config1(long value) {
        memory.set(ValueLayout.JAVA_LONG, 56, value);
        return this;
    }

    PerfEventAttribute config2(long value) {
        memory.set(ValueLayout.JAVA_LONG, 64, value);
        return this;
    }

    /** Samples carry times of {@code CLOCK_MONOTONIC}, which is what {@link System#nanoTime()} reads. */
    PerfEventAttribute monotonicClock() {
        memory.set(ValueLayout.JAVA_LONG, 40, memory.get(ValueLayout.JAVA_LONG, 40) | FLAG_CLOCK);
        memory.set(ValueLayout.JAVA_INT, 92, CLOCK_MONOTONIC);
        return this;
    }

    /** Waiters are woken when so much more was written. */
    PerfEventAttribute wakeUpAfter(int bytes) {
        memory.set(ValueLayout.JAVA_LONG, 40, memory.get(ValueLayout.JAVA_LONG, 40) | FLAG_WATERMARK);
        memory.set(ValueLayout.JAVA_INT, 48, bytes);
        return this;
    }

    PerfEventAttribute readFormat(long bits) {
        memory.set(ValueLayout.JAVA_LONG, 32, bits);
        return this;
    }

    MemorySegment memory() {
        return memory;
    }
}

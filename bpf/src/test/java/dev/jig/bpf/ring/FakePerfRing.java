// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import dev.jig.bpf.sys.Mapping;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory with the layout of one processor's perf buffer, in which a test plays the kernel. */
final class FakePerfRing {
    static final int SAMPLE = 9;
    static final int LOST = 2;
    static final int THROTTLE = 5;
    private static final int HEAD = 1024;
    private static final int TAIL = 1032;

    private final MemorySegment pages;
    private final int size;
    private long head;

    /**
     * @param size of the data area
     * @param start how many bytes went through it before
     */
    FakePerfRing(Arena arena, int size, long start) {
        this.size = size;
        pages = arena.allocate(Mapping.PAGE_SIZE + size, Long.BYTES);
        head = start;
        pages.set(ValueLayout.JAVA_LONG, HEAD, start);
        pages.set(ValueLayout.JAVA_LONG, TAIL, start);
    }

    PerfRing open(Arena arena) {
        return new PerfRing(pages, arena.allocate(PerfRing.LARGEST_RECORD, Long.BYTES));
    }

    /** Adds a sample whose content is so many longs of one value, and four bytes to fill up. */
    FakePerfRing sample(long time, int longs, long value) {
        int length = longs * Long.BYTES + Integer.BYTES;
        putHeader(SAMPLE, 20 + length);
        putLong(8, time);
        putInt(16, length);
        for (int i = 0; i < longs; i++) {
            putInt(20 + i * Long.BYTES, (int) value);
            putInt(24 + i * Long.BYTES, (int) (value >> 32));
        }
        return publish(20 + length);
    }

    FakePerfRing lost(long count) {
        putHeader(LOST, 24);
        putLong(8, 1);
        putLong(16, count);
        return publish(24);
    }

    /** A record of any type with any size, of which only so many bytes are written. */
    FakePerfRing other(int type, int claimed, int written) {
        putHeader(type, claimed);
        return publish(written);
    }

    /** A sample that claims a content of this length. */
    FakePerfRing lying(int length) {
        putHeader(SAMPLE, 32);
        putLong(8, 1);
        putInt(16, length);
        return publish(32);
    }

    long tail() {
        return pages.get(ValueLayout.JAVA_LONG, TAIL);
    }

    private FakePerfRing publish(int bytes) {
        head += bytes;
        pages.set(ValueLayout.JAVA_LONG, HEAD, head);
        return this;
    }

    private void putHeader(int type, int length) {
        putInt(0, type);
        putInt(4, length << 16);
    }

    private void putLong(int at, long value) {
        putInt(at, (int) value);
        putInt(at + 4, (int) (value >> 32));
    }

    private void putInt(int at, int value) {
        pages.set(ValueLayout.JAVA_INT, Mapping.PAGE_SIZE + ((head + at) & (size - 1)), value);
    }
}

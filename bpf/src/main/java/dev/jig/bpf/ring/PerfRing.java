// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.Mapping;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * One processor's part of a perf buffer.
 *
 * <p>Layout ({@code include/uapi/linux/perf_event.h}: {@code struct perf_event_mmap_page}, {@code enum perf_event_type}):
 *
 * <pre>
 *   offset 0                                page             page + size
 *   +-------------------------------------+-----------------+
 *   | ... 1024 data_head | 1032 data_tail | data            |   both positions only grow; a record may go on at the beginning
 *   +-------------------------------------+-----------------+
 *
 *   record:  0      4      6      8        16        20
 *   sample   | 9    | misc | size | time   | length  | bytes ...      length includes what fills up to 8
 *   lost     | 2    | misc | size | id     | count             |
 * </pre>
 */
final class PerfRing {
    /** The time of a ring without a record. */
    static final long NEVER = Long.MAX_VALUE;

    /** A record's size has sixteen bits. */
    static final int LARGEST_RECORD = 1 << 16;

    private static final int LOST = 2;
    private static final int SAMPLE = 9;
    private static final long HEAD = 1024;
    private static final long TAIL = 1032;
    private static final int CONTENT = 20;
    private static final int SMALLEST_RECORD = 8;

    private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment control;
    private final MemorySegment data;
    private final long size;
    private final long mask;
    private final MemorySegment scratch;
    private long head;
    private long position;
    private long time = NEVER;
    private volatile long lost;

    /**
     * @param pages the mapped pages
     * @param scratch room for the largest record, for those that are not in one piece
     */
    PerfRing(MemorySegment pages, MemorySegment scratch) {
        this.control = pages;
        this.size = pages.byteSize() - Mapping.PAGE_SIZE;
        this.mask = size - 1;
        this.data = pages.asSlice(Mapping.PAGE_SIZE, size);
        this.scratch = scratch;
        this.position = (long) POSITION.getVolatile(control, TAIL);
    }

    /** Takes note of how far the kernel has written. */
    void look() {
        head = (long) POSITION.getAcquire(control, HEAD);
        if (time == NEVER) {
            findSample();
        }
    }

    /** When the next record was written, in nanoseconds of the monotonic clock; {@link #NEVER} if there was none at the last look. */
    long time() {
        return time;
    }

    /** Bytes that were written and not handed out, as of the last look. */
    long pending() {
        return head - position;
    }

    /** Hands out the next record, which there must be. */
    void hand(RecordHandler handler) {
        long offset = position & mask;
        int length = data.get(ValueLayout.JAVA_INT, (offset + CONTENT - Integer.BYTES) & mask);
        int recordSize = recordSize(offset);
        if (length < 0 || length > recordSize - CONTENT) {
            throw new BpfException("perf buffer: record of " + recordSize + " bytes claims a content of " + length);
        }
        long start = (offset + CONTENT) & mask;
        boolean split = start + length > size;
        if (split) {
            join(start, length);
        }
        position += recordSize;
        findSample();
        handler.onRecord(split ? scratch : data, split ? 0 : start, length);
    }

    private void join(long start, int length) {
        long first = size - start;
        MemorySegment.copy(data, start, scratch, 0, first);
        MemorySegment.copy(data, 0, scratch, first, length - first);
    }

    /** Passes over what is no sample. */
    private void findSample() {
        time = NEVER;
        while (position < head) {
            long offset = position & mask;
            int type = data.get(ValueLayout.JAVA_INT, offset);
            if (type == SAMPLE) {
                time = data.get(ValueLayout.JAVA_LONG, (offset + 8) & mask);
                return;
            }
            if (type == LOST) {
                addLost(data.get(ValueLayout.JAVA_LONG, (offset + 16) & mask));
            }
            position += recordSize(offset);
        }
    }

    // Only the reader's thread writes.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void addLost(long count) {
        lost += count;
    }

    private int recordSize(long offset) {
        int recordSize = Short.toUnsignedInt(data.get(ValueLayout.JAVA_SHORT, offset + 6));
        if (recordSize < SMALLEST_RECORD || recordSize > head - position) {
            throw new BpfException(
                    "perf buffer: record of " + recordSize + " bytes where " + (head - position) + " were written");
        }
        return recordSize;
    }

    /** Gives the space of what was handed out back to the kernel. */
    void publish() {
        POSITION.setRelease(control, TAIL, position);
    }

    /** Records that the kernel said it had no room for. */
    long lost() {
        return lost;
    }

    /** Bytes of the data area. */
    long size() {
        return size;
    }
}

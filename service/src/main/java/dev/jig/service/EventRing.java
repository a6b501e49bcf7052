// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;

/**
 * The last packets of an instance, in memory that may be a mapped file: then they outlive the process, however it ends. Positions grow
 * forever; what lies at one is found at its remainder. The head is moved behind a packet only when that is complete.
 *
 * <pre>
 *    0  magic   8  head   16  tail   24 … 63  unused
 *   64  data:   length (-1: go on at the beginning), data source, payload, gap up to a multiple of 8
 * </pre>
 *
 * <p>Used by one thread at a time.
 */
final class EventRing {
    static final int HEADER = 64;

    private static final long MAGIC = 0x31474e495247494aL;
    private static final long MAGIC_AT = 0;
    private static final long HEAD_AT = 8;
    private static final long TAIL_AT = 16;
    private static final int PREFIX = 8;
    private static final int GAP_MARK = -1;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final MemorySegment memory;
    private final long capacity;
    private final int most;
    private long head;
    private long tail;
    private int count;

    /**
     * Takes what is in the memory, if that is the ring of an earlier run.
     *
     * @param memory its size is a multiple of eight
     * @param most packets that are kept
     */
    EventRing(MemorySegment memory, int most) {
        this.memory = memory;
        this.capacity = memory.byteSize() - HEADER;
        this.most = most;
        if (!isValid()) {
            clear();
        }
        while (count > most) {
            dropOldest();
        }
    }

    /** Whether the memory holds a ring; counts its packets. */
    private boolean isValid() {
        head = memory.get(LONG, HEAD_AT);
        tail = memory.get(LONG, TAIL_AT);
        boolean plausible = memory.get(LONG, MAGIC_AT) == MAGIC
                && tail >= 0
                && tail <= head
                && head - tail <= capacity
                && tail % PREFIX == 0
                && head % PREFIX == 0;
        if (!plausible) {
            return false;
        }
        long position = tail;
        count = 0;
        while (position < head) {
            int length = lengthAt(position);
            long next = length == GAP_MARK ? roundEnd(position) : position + spaceOf(length);
            boolean inside = length >= GAP_MARK && next <= head && (length < 0 || next <= roundEnd(position));
            if (!inside) {
                return false;
            }
            count += length >= 0 ? 1 : 0;
            position = next;
        }
        return true;
    }

    /** Where the current round through the memory ends. */
    private long roundEnd(long position) {
        return position - position % capacity + capacity;
    }

    private static long spaceOf(int length) {
        return (PREFIX + (long) length + PREFIX - 1) / PREFIX * PREFIX;
    }

    private long offset(long position) {
        return HEADER + position % capacity;
    }

    private int lengthAt(long position) {
        return memory.get(INT, offset(position));
    }

    /** How many packets are kept. */
    int size() {
        return count;
    }

    /** Forgets all packets. */
    void clear() {
        head = 0;
        tail = 0;
        count = 0;
        memory.set(LONG, HEAD_AT, 0);
        memory.set(LONG, TAIL_AT, 0);
        memory.set(LONG, MAGIC_AT, MAGIC);
    }

    /** Keeps a packet, in place of the oldest ones. One that takes more than half of the memory is not kept. */
    void add(Event event) {
        int length = event.payload().length;
        long space = spaceOf(length);
        if (space > capacity / 2) {
            return;
        }
        long left = roundEnd(head) - head;
        if (left < space) {
            makeRoom(left);
            memory.set(INT, offset(head), GAP_MARK);
            head += left;
        }
        makeRoom(space);
        while (count >= most) {
            dropOldest();
        }
        long offset = offset(head);
        memory.set(INT, offset, length);
        memory.set(INT, offset + Integer.BYTES, event.dataSource());
        MemorySegment.copy(event.payload(), 0, memory, ValueLayout.JAVA_BYTE, offset + PREFIX, length);
        head += space;
        count++;
        memory.set(LONG, HEAD_AT, head);
    }

    private void makeRoom(long space) {
        while (head + space - tail > capacity) {
            dropOldest();
        }
    }

    private void dropOldest() {
        int length = lengthAt(tail);
        if (length == GAP_MARK) {
            tail = roundEnd(tail);
        } else {
            tail += spaceOf(length);
            count--;
        }
        memory.set(LONG, TAIL_AT, tail);
    }

    /** Hands out the packets, oldest first. */
    void replay(Consumer<Event> consumer) {
        long position = tail;
        while (position < head) {
            int length = lengthAt(position);
            if (length == GAP_MARK) {
                position = roundEnd(position);
            } else {
                byte[] payload = new byte[length];
                long offset = offset(position);
                MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset + PREFIX, payload, 0, length);
                consumer.accept(Event.packet(memory.get(INT, offset + Integer.BYTES), payload));
                position += spaceOf(length);
            }
        }
    }
}

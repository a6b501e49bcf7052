// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import dev.jig.datasource.Utf8Buffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Texts in a circle of bytes, and a heap of the times by which they leave. */
final class WaitingTexts {
    private static final int FIRST_CAPACITY = 1 << 10;

    private final byte[] bytes;
    private final MemorySegment segment;
    /** Ends of what is in use, counted from the very first byte; the circle's length is taken off for places in it. */
    private long head;

    private long tail;
    /** Texts by number: the oldest is first, the next one will be last. */
    private long first;

    private long next;
    private long[] times = new long[FIRST_CAPACITY];
    private long[] starts = new long[FIRST_CAPACITY];
    /** Negative for those that have left. */
    private int[] lengths = new int[FIRST_CAPACITY];

    private long[] heap = new long[FIRST_CAPACITY];
    private int size;

    WaitingTexts(int room) {
        bytes = new byte[room];
        segment = MemorySegment.ofArray(bytes);
    }

    boolean isEmpty() {
        return size == 0;
    }

    long earliest() {
        return time(heap[0]);
    }

    private int slot(long number) {
        return (int) number & times.length - 1;
    }

    private long time(long number) {
        return times[slot(number)];
    }

    /** Takes a text, unless there is no room. */
    boolean add(long time, Utf8Buffer text) {
        long length = text.length();
        long start = tail;
        long left = bytes.length - start % bytes.length;
        if (length > left) {
            start += left;
        }
        if (length > bytes.length || start + length - head > bytes.length) {
            return false;
        }
        if (next - first == times.length) {
            grow();
        }
        MemorySegment.copy(text.segment(), 0, segment, start % bytes.length, length);
        tail = start + length;
        int slot = slot(next);
        times[slot] = time;
        starts[slot] = start;
        lengths[slot] = (int) length;
        push(next++);
        return true;
    }

    private void grow() {
        int capacity = 2 * times.length;
        long[] newTimes = new long[capacity];
        long[] newStarts = new long[capacity];
        int[] newLengths = new int[capacity];
        for (long number = first; number < next; number++) {
            int to = (int) number & capacity - 1;
            newTimes[to] = times[slot(number)];
            newStarts[to] = starts[slot(number)];
            newLengths[to] = lengths[slot(number)];
        }
        times = newTimes;
        starts = newStarts;
        lengths = newLengths;
        heap = Arrays.copyOf(heap, capacity);
    }

    void removeEarliest(Utf8Buffer out) {
        int slot = slot(pop());
        out.append(segment, starts[slot] % bytes.length, lengths[slot]);
        lengths[slot] = -1;
        while (first < next && lengths[slot(first)] < 0) {
            first++;
        }
        if (first == next) {
            // Empty: the next text need not care where the end of the circle is.
            head = 0;
            tail = 0;
        } else {
            head = starts[slot(first)];
        }
    }

    /** Of two at the same time the one that came first is first. */
    private boolean isBefore(long a, long b) {
        long left = time(a);
        long right = time(b);
        return left < right || left == right && a < b;
    }

    private void push(long number) {
        int place = size++;
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (!isBefore(number, heap[parent])) {
                break;
            }
            heap[place] = heap[parent];
            place = parent;
        }
        heap[place] = number;
    }

    private long pop() {
        long top = heap[0];
        long last = heap[--size];
        int place = 0;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], last)) {
                break;
            }
            heap[place] = heap[child];
            place = child;
        }
        heap[place] = last;
        return top;
    }
}

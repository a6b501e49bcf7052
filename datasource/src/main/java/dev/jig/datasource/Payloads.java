// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The payloads of one record besides the first; forgetting all of them is one increment. */
final class Payloads {
    private final MemorySegment[] segments;
    private final long[] bases;
    private final int[] lengths;
    private final long[] stamps;
    private long generation = 1;

    Payloads(int count) {
        segments = new MemorySegment[count];
        Arrays.fill(segments, MemorySegment.NULL);
        bases = new long[count];
        lengths = new int[count];
        stamps = new long[count];
    }

    void clear() {
        generation++;
    }

    void set(int payload, MemorySegment segment, long base, int length) {
        segments[payload] = segment;
        bases[payload] = base;
        lengths[payload] = length;
        stamps[payload] = generation;
    }

    MemorySegment segment(int payload) {
        return segments[payload];
    }

    long base(int payload) {
        return bases[payload];
    }

    int length(int payload) {
        return stamps[payload] == generation ? lengths[payload] : 0;
    }
}

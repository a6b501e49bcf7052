// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The payloads of one record besides the first; forgetting all of them is one increment. */
final class Payloads {
    private final long[] addresses;
    private final int[] lengths;
    private final long[] stamps;
    /** Keeps memory that the garbage collector frees alive while it is read by address. */
    private final MemorySegment[] owners;

    private long generation = 1;

    Payloads(int count) {
        addresses = new long[count];
        lengths = new int[count];
        stamps = new long[count];
        owners = new MemorySegment[count];
        Arrays.fill(owners, MemorySegment.NULL);
    }

    void clear() {
        generation++;
    }

    void set(int payload, MemorySegment owner, long address, int length) {
        owners[payload] = owner;
        addresses[payload] = address;
        lengths[payload] = length;
        stamps[payload] = generation;
    }

    MemorySegment owner(int payload) {
        return owners[payload];
    }

    long address(int payload) {
        return addresses[payload];
    }

    int length(int payload) {
        return stamps[payload] == generation ? lengths[payload] : 0;
    }
}

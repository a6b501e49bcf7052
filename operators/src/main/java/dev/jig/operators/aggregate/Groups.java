// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.aggregate;

import java.util.Arrays;

/**
 * Totals by key. Keys are bytes, one behind the other in one array; a group is a number, counted from 0 in the order of appearance. Group 0
 * is for all keys for which there is no room, so that totals stay exact.
 *
 * <pre>
 *   slots:  hash ──▶ group + 1, or 0
 *   group:  ends[group] of its key, counts[group], sums[group × number of sums + i]
 * </pre>
 */
final class Groups {
    /** The group of keys that found no room. */
    static final int OTHERS = 0;

    private static final int FIRST_SLOTS = 1024;
    private static final int FIRST_KEY_BYTES = 1 << 14;

    private final int sumsPerGroup;
    private final int mostGroups;
    private final int mostKeyBytes;
    private int[] slots = new int[FIRST_SLOTS];
    private int[] ends = new int[FIRST_SLOTS / 2];
    private long[] counts = new long[FIRST_SLOTS / 2];
    private long[] sums;
    private byte[] keys = new byte[FIRST_KEY_BYTES];
    private int size = 1;

    /**
     * @param sumsPerGroup how many sums a group has
     * @param mostGroups besides that of the others
     * @param mostKeyBytes of all keys together
     */
    Groups(int sumsPerGroup, int mostGroups, int mostKeyBytes) {
        this.sumsPerGroup = sumsPerGroup;
        this.mostGroups = mostGroups;
        this.mostKeyBytes = mostKeyBytes;
        this.sums = new long[FIRST_SLOTS / 2 * sumsPerGroup];
    }

    /** How many groups there are, that of the others included. */
    int size() {
        return size;
    }

    /** The group of a key, which is made if there is room. */
    int find(byte[] key, int length) {
        int at = slot(key, length);
        if (slots[at] != 0) {
            return slots[at] - 1;
        }
        int start = ends[size - 1];
        if (size > mostGroups || length > mostKeyBytes - start) {
            return OTHERS;
        }
        reserve(start + length);
        System.arraycopy(key, 0, keys, start, length);
        int group = size++;
        ends[group] = start + length;
        slots[at] = group + 1;
        if (size > slots.length / 2) {
            rehash();
        }
        return group;
    }

    private int slot(byte[] key, int length) {
        int mask = slots.length - 1;
        int at = hash(key, 0, length) & mask;
        while (slots[at] != 0 && !hasKey(slots[at] - 1, key, length)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private boolean hasKey(int group, byte[] key, int length) {
        return Arrays.equals(keys, keyStart(group), ends[group], key, 0, length);
    }

    /** First byte of a group's key. */
    int keyStart(int group) {
        return ends[group - 1];
    }

    /** The array in which keys lie; a group's is from {@link #keyStart} on. */
    byte[] keys() {
        return keys;
    }

    /** FNV-1a, stirred so that the lowest bits depend on all. */
    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0x811c9dc5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x01000193;
        }
        return hash ^ hash >>> 15;
    }

    private void reserve(int keyBytes) {
        if (keyBytes > keys.length) {
            keys = Arrays.copyOf(keys, (int) Math.min(mostKeyBytes, Math.max(keyBytes, 2L * keys.length)));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
            sums = Arrays.copyOf(sums, 2 * size * sumsPerGroup);
        }
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int group = 1; group < size; group++) {
            int at = hash(keys, keyStart(group), ends[group]) & mask;
            while (slots[at] != 0) {
                at = (at + 1) & mask;
            }
            slots[at] = group + 1;
        }
    }

    /** One more record of a group. */
    void increment(int group) {
        counts[group]++;
    }

    long count(int group) {
        return counts[group];
    }

    void setSum(int group, int index, long sum) {
        sums[group * sumsPerGroup + index] = sum;
    }

    /** One of the sums of a group; what its bits mean is the caller's affair. */
    long sum(int group, int index) {
        return sums[group * sumsPerGroup + index];
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.bytes;

/** Sorts and searches addresses, which are unsigned and come by the hundred thousand: without an object for each. */
public final class AddressOrder {
    private AddressOrder() {}

    /** Indices of the first {@code size} addresses in ascending order; equal ones stay in theirs. */
    public static int[] sorted(long[] addresses, int size) {
        int[] from = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        int[] to = new int[size];
        for (int width = 1; width < size; width *= 2) {
            for (int start = 0; start < size; start += 2 * width) {
                int middle = Math.min(start + width, size);
                merge(addresses, from, to, start, middle, Math.min(middle + width, size));
            }
            int[] swapped = from;
            from = to;
            to = swapped;
        }
        return from;
    }

    private static void merge(long[] addresses, int[] from, int[] to, int start, int middle, int end) {
        if (middle == end || Long.compareUnsigned(addresses[from[middle - 1]], addresses[from[middle]]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft = right == end
                    || left < middle && Long.compareUnsigned(addresses[from[left]], addresses[from[right]]) <= 0;
            to[at] = takeLeft ? from[left++] : from[right++];
        }
    }

    /** The first {@code order.length} numbers in another order. */
    public static long[] arranged(long[] values, int[] order) {
        long[] arranged = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            arranged[i] = values[order[i]];
        }
        return arranged;
    }

    /** The first {@code order.length} numbers in another order. */
    public static int[] arranged(int[] values, int[] order) {
        int[] arranged = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            arranged[i] = values[order[i]];
        }
        return arranged;
    }

    /** Index of the first of ascending addresses that is above one; their number if none is. */
    public static int firstAbove(long[] ascending, long address) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(ascending[middle], address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

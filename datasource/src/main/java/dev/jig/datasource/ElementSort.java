// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.Comparator;

/** A stable merge sort of elements by what two records show of them. */
final class ElementSort implements AutoCloseable {
    private final ElementStore store;
    private final Comparator<Record> comparator;
    private final Record left;
    private final Record right;
    private long leftElement;
    private long rightElement;

    ElementSort(ElementStore store, Comparator<Record> comparator) {
        this.store = store;
        this.comparator = comparator;
        this.left = store.newCursor();
        this.right = store.newCursor();
    }

    /** Sorts the first {@code size} elements. */
    void sort(long[] elements, int size) {
        sort(elements, 0, size, new long[size / 2]);
    }

    private void sort(long[] elements, int from, int to, long[] room) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(elements, from, middle, room);
        sort(elements, middle, to, room);
        if (isAfter(elements[middle - 1], elements[middle])) {
            merge(elements, from, middle, to, room);
        }
    }

    private void merge(long[] elements, int from, int middle, int to, long[] room) {
        int count = middle - from;
        System.arraycopy(elements, from, room, 0, count);
        int first = 0;
        int second = middle;
        int target = from;
        while (first < count && second < to) {
            elements[target++] = isAfter(room[first], elements[second]) ? elements[second++] : room[first++];
        }
        System.arraycopy(room, first, elements, target, count - first);
    }

    private boolean isAfter(long first, long second) {
        if (first != leftElement || first == ElementStore.ABSENT) {
            store.load(first, left);
            leftElement = first;
        }
        if (second != rightElement || second == ElementStore.ABSENT) {
            store.load(second, right);
            rightElement = second;
        }
        return comparator.compare(left, right) > 0;
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}

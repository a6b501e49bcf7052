// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

/**
 * The records of one packet of an array data source; used by one thread at a time.
 *
 * <p>An element costs eight bytes here: {@link #add()} and {@link #get} hand out one and the same record, moved over the
 * elements. What is set in it stays with the element; the record itself is another element's after the next call.
 */
public final class RecordArray implements Packet, AutoCloseable {
    private static final int SMALLEST = 64;
    private static final int NOWHERE = -1;

    private final DataSource dataSource;
    private final ElementStore store;
    private final Record cursor;
    private long[] elements = {};
    private int size;
    /** The element that the cursor shows. */
    private int current = NOWHERE;

    RecordArray(DataSource dataSource) {
        this.dataSource = dataSource;
        this.store = new ElementStore(dataSource);
        this.cursor = store.newCursor();
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    /** Starts a new, empty packet. */
    public void begin() {
        size = 0;
        current = NOWHERE;
        store.clear();
    }

    /** Appends a record in which each payload is absent. */
    public Record add() {
        settle();
        reserve(1);
        elements[size] = ElementStore.ABSENT;
        current = size++;
        cursor.begin();
        return cursor;
    }

    /**
     * Appends all the records in {@code memory} without copying or looking at them. The memory must be native, and stay mapped
     * and unchanged until the next {@link #begin()}; a packet can have records of one layout only, besides those that were
     * {@linkplain #add() added} one by one.
     */
    public void addAll(RecordLayout layout, MemorySegment memory) {
        int added = store.lay(layout, memory);
        settle();
        reserve(added);
        long address = memory.address();
        for (int i = 0; i < added; i++) {
            elements[size++] = address;
            address += layout.stride();
        }
    }

    /** How many records there are. */
    public int size() {
        return size;
    }

    /** The record at {@code index}, until the next call. */
    public Record get(int index) {
        Objects.checkIndex(index, size);
        if (index != current) {
            settle();
            store.load(elements[index], cursor);
            current = index;
        }
        return cursor;
    }

    /** Exchanges two records. */
    public void swap(int first, int second) {
        Objects.checkIndex(first, size);
        Objects.checkIndex(second, size);
        leave();
        long kept = elements[first];
        elements[first] = elements[second];
        elements[second] = kept;
    }

    /** Keeps only the first {@code count} records. */
    public void truncate(int count) {
        if (count < 0 || count > size) {
            throw new DataSourceException("cannot cut an array of " + size + " records at " + count);
        }
        leave();
        size = count;
    }

    /** Sorts the records; the sort is stable. The comparator gets two records that are its own during one call only. */
    public void sort(Comparator<Record> comparator) {
        leave();
        try (ElementSort sort = new ElementSort(store, comparator)) {
            sort.sort(elements, size);
        }
    }

    /** Hands each record to {@code subscriber} and keeps only those it wants, in order. */
    void retain(RecordSubscriber subscriber) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (subscriber.accept(get(i)) == Verdict.KEEP) {
                if (kept != i) {
                    leave();
                    elements[kept] = elements[i];
                }
                kept++;
            }
        }
        truncate(kept);
    }

    /** Keeps with the current element what was set in the cursor. */
    private void settle() {
        if (current != NOWHERE) {
            elements[current] = store.settled(elements[current], cursor);
        }
    }

    private void leave() {
        settle();
        current = NOWHERE;
    }

    private void reserve(int added) {
        if (added > elements.length - size) {
            long wanted = Math.max((long) size + added, size + (size >> 1) + SMALLEST);
            if (wanted > Integer.MAX_VALUE - Long.BYTES) {
                throw new DataSourceException("an array of " + wanted + " records is too large");
            }
            elements = Arrays.copyOf(elements, (int) wanted);
        }
    }

    /** Frees the memory of all records. */
    @Override
    public void close() {
        begin();
        cursor.close();
        store.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The records of one packet of an array data source. Records are reused from packet to packet; used by one thread at a time. */
public final class RecordArray implements Packet, AutoCloseable {
    private final DataSource dataSource;
    private final ScratchMemory scratch = new ScratchMemory();
    private final List<Record> records = new ArrayList<>();
    private int size;

    RecordArray(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    /** Starts a new, empty packet. */
    public void begin() {
        size = 0;
        scratch.clear();
    }

    /** Appends a record in which each payload is absent. */
    public Record add() {
        if (size == records.size()) {
            records.add(new Record(dataSource, scratch, false));
        }
        Record record = records.get(size++);
        record.begin();
        return record;
    }

    /** How many records there are. */
    public int size() {
        return size;
    }

    /** The record at {@code index}. */
    public Record get(int index) {
        return records.get(Objects.checkIndex(index, size));
    }

    /** Exchanges two records. */
    public void swap(int first, int second) {
        Record kept = get(first);
        records.set(first, get(second));
        records.set(second, kept);
    }

    /** Keeps only the first {@code count} records. */
    public void truncate(int count) {
        if (count < 0 || count > size) {
            throw new DataSourceException("cannot cut an array of " + size + " records at " + count);
        }
        size = count;
    }

    /** Sorts the records; the sort is stable. */
    public void sort(Comparator<Record> comparator) {
        records.subList(0, size).sort(comparator);
    }

    /** Hands each record to {@code subscriber} and keeps only those it wants, in order. */
    void retain(RecordSubscriber subscriber) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Record record = records.get(i);
            if (subscriber.accept(record) == Verdict.KEEP) {
                if (kept != i) {
                    records.set(i, records.get(kept));
                    records.set(kept, record);
                }
                kept++;
            }
        }
        size = kept;
    }

    /** Frees the memory of all records. */
    @Override
    public void close() {
        for (Record record : records) {
            record.close();
        }
        records.clear();
        size = 0;
        scratch.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the payloads of an array's elements are. An element is one number:
 *
 * <pre>
 *     0   all payloads are absent
 *   > 0   address of a record that has the packet's layout
 *   < 0   complement of the address of a table in memory of the store: for each payload its address and its length
 * </pre>
 */
final class ElementStore implements AutoCloseable {
    static final long ABSENT = 0;

    private static final int ENTRY = 2 * Long.BYTES;
    private static final int NOT_IN_LAYOUT = -1;

    private final DataSource dataSource;
    private final ScratchMemory scratch = new ScratchMemory();
    private final int payloads;
    /** The layout by payload. */
    private final int[] offsets;

    private final int[] lengths;
    private RecordLayout layout = new RecordLayout(1, List.of());
    private boolean layoutInUse;
    /** Keeps memory that the garbage collector frees alive while it is read by address. */
    private final List<MemorySegment> owners = new ArrayList<>();

    ElementStore(DataSource dataSource) {
        this.dataSource = dataSource;
        this.payloads = dataSource.payloadCount();
        this.offsets = new int[payloads];
        this.lengths = new int[payloads];
        Arrays.fill(offsets, NOT_IN_LAYOUT);
    }

    /** A record whose own values stay until {@link #clear()}. */
    Record newCursor() {
        return new Record(dataSource, scratch, false);
    }

    /** Forgets all elements. */
    void clear() {
        scratch.clear();
        owners.clear();
        layoutInUse = false;
    }

    /** Takes the layout of the packet's records, and tells how many there are in {@code memory}. */
    int lay(RecordLayout wanted, MemorySegment memory) {
        if (!wanted.equals(layout)) {
            change(wanted);
        }
        long bytes = memory.byteSize();
        if (!memory.isNative() || bytes % wanted.stride() != 0 || bytes / wanted.stride() > Integer.MAX_VALUE) {
            throw new DataSourceException("data source \"" + dataSource.name() + "\": " + bytes
                    + " bytes are no array of records of " + wanted.stride() + " bytes in native memory");
        }
        owners.add(memory);
        layoutInUse = true;
        return (int) (bytes / wanted.stride());
    }

    private void change(RecordLayout wanted) {
        if (layoutInUse) {
            throw new DataSourceException(
                    "data source \"" + dataSource.name() + "\": one packet cannot have records of two layouts");
        }
        Arrays.fill(offsets, NOT_IN_LAYOUT);
        Arrays.fill(lengths, 0);
        for (RecordLayout.Part part : wanted.parts()) {
            offsets[part.container().payload()] = part.offset();
            lengths[part.container().payload()] = part.container().size();
        }
        layout = wanted;
    }

    /** Has a record show an element. */
    void load(long element, Record record) {
        record.begin();
        for (int i = 0; i < payloads; i++) {
            if (element > 0 && lengths[i] > 0) {
                record.place(i, element + offsets[i], lengths[i]);
            } else if (element < 0) {
                long entry = ~element + (long) i * ENTRY;
                record.place(i, Memory.getLong(entry), Memory.getInt(entry + Long.BYTES));
            }
        }
    }

    /** The element of which {@code record} shows what is now to be its payloads. */
    long settled(long element, Record record) {
        return element > 0 && isUnchanged(element, record) ? element : save(element, record);
    }

    private boolean isUnchanged(long element, Record record) {
        for (int i = 0; i < payloads; i++) {
            int length = record.payloadLength(i);
            if (length != lengths[i] || (length > 0 && record.payloadAddress(i) != element + offsets[i])) {
                return false;
            }
        }
        return true;
    }

    private long save(long element, Record record) {
        long table = element < 0 ? ~element : scratch.reserve(payloads * ENTRY);
        for (int i = 0; i < payloads; i++) {
            long entry = table + (long) i * ENTRY;
            Memory.putNumber(entry, record.payloadAddress(i), Long.BYTES, false);
            Memory.putNumber(entry + Long.BYTES, record.payloadLength(i), Integer.BYTES, false);
            keepAlive(record.payloadOwner(i));
        }
        return ~table;
    }

    private void keepAlive(MemorySegment owner) {
        if (!owner.equals(MemorySegment.NULL)
                && (owners.isEmpty() || !owners.getLast().equals(owner))) {
            owners.add(owner);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}

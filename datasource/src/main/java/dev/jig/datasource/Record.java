// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;

/**
 * One record of a data source: a reusable flyweight over raw bytes.
 *
 * <p>A record has numbered payloads. The bytes of a payload belong to whoever wrapped them; they are read by address, so they must
 * stay mapped and unchanged until the next {@link #begin()}. Values set by operators lie in memory of the record. Each read is
 * bounded by the payload's length, and what is missing is zero. A record is used by one thread at a time.
 */
@SuppressWarnings("AvoidCommonTypeNames") // The field's own word; java.lang.Record is never named in code.
public final class Record implements Packet, AutoCloseable {
    private static final int NONE_OWNED = -1;

    private final DataSource dataSource;
    private final Payloads others;
    private final DerivedValues derived;
    private final ScratchMemory scratch;
    private final boolean ownsScratch;

    /** Payload 0, which for most data sources is the whole of the event, is kept outside of the arrays. */
    private long base;

    private int length;

    /** Keeps memory that the garbage collector frees alive while it is read by address. */
    private MemorySegment owner = MemorySegment.NULL;

    private int owned = NONE_OWNED;
    private long windowAddress;
    private int windowLength;

    Record(DataSource dataSource, ScratchMemory scratch, boolean ownsScratch) {
        this.dataSource = dataSource;
        this.scratch = scratch;
        this.ownsScratch = ownsScratch;
        this.others = new Payloads(dataSource.payloadCount());
        this.derived = new DerivedValues(dataSource.fields().size());
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    /** Starts a new record in which each payload is absent. */
    public void begin() {
        base = 0;
        length = 0;
        owned = NONE_OWNED;
        others.clear();
        derived.clear();
        if (ownsScratch) {
            scratch.clear();
        }
    }

    /** Starts a new record whose payload 0 is the given bytes. */
    public void wrap(MemorySegment bytes, long offset, int size) {
        begin();
        wrapPayload(0, bytes, offset, size);
    }

    /** Sets a payload of the current record to the given bytes; they are not copied unless they lie on the Java heap. */
    public void wrapPayload(int payload, MemorySegment bytes, long offset, int size) {
        if (size < 0 || offset < 0 || offset > bytes.byteSize() - size) {
            throw new DataSourceException("payload " + payload + " of data source \"" + dataSource.name() + "\": "
                    + size + " bytes at offset " + offset + " exceed the memory of " + bytes.byteSize() + " bytes");
        }
        if (bytes.isNative()) {
            setPayload(payload, bytes, bytes.address() + offset, size);
        } else {
            copyPayload(payload, bytes, offset, size);
        }
    }

    /** Sets a payload of the current record to a copy of the given bytes. */
    public void copyPayload(int payload, MemorySegment bytes, long offset, int size) {
        long copy = scratch.reserve(size);
        Memory.copyIn(bytes, offset, copy, size);
        setPayload(payload, MemorySegment.NULL, copy, size);
    }

    private void setPayload(int payload, MemorySegment memory, long address, int size) {
        if (payload == 0) {
            owner = memory;
            base = address;
            length = size;
        } else {
            others.set(payload, memory, address, size);
        }
    }

    /** How many bytes a payload of the current record has. */
    public int payloadLength(int payload) {
        return payload == 0 ? length : others.length(payload);
    }

    long payloadAddress(int payload) {
        return payload == 0 ? base : others.address(payload);
    }

    /** What keeps the bytes of a payload mapped, if the record has to. */
    MemorySegment payloadOwner(int payload) {
        if (payloadLength(payload) == 0) {
            return MemorySegment.NULL;
        }
        return payload == 0 ? owner : others.owner(payload);
    }

    /** Sets a payload to bytes that somebody else keeps mapped. */
    void place(int payload, long address, int size) {
        setPayload(payload, MemorySegment.NULL, address, size);
    }

    /** Makes this record a copy of another one of the same data source that lives on when the other one is reused. */
    public void copyOf(Record other) {
        begin();
        for (int i = 0; i < dataSource.payloadCount(); i++) {
            int size = other.payloadLength(i);
            if (size > 0) {
                long copy = scratch.reserve(size);
                Memory.copy(other.payloadAddress(i), copy, size);
                setPayload(i, MemorySegment.NULL, copy, size);
            }
        }
    }

    /** The field's value as text; allocates, for use off the hot path. */
    public String text(Field field) {
        return field.conveniences().text(this);
    }

    /** The field's value as an integer; resolve {@link Field#asLong()} once where many records are read. */
    public long number(Field field) {
        return field.conveniences().number(this);
    }

    /** Where the window that was set last starts; it need not be mapped when the window is empty. */
    public long windowAddress() {
        return windowAddress;
    }

    /** Bytes of the window that was set last. */
    public int windowLength() {
        return windowLength;
    }

    byte byteAt(int payload, int offset) {
        if (payload == 0) {
            return offset < length ? Memory.getByte(base + offset) : 0;
        }
        return offset < others.length(payload) ? Memory.getByte(others.address(payload) + offset) : 0;
    }

    short shortAt(int payload, int offset) {
        if (payload == 0 && offset <= length - Short.BYTES) {
            return Memory.getShort(base + offset);
        }
        return (short) otherNumber(payload, offset, Short.BYTES);
    }

    int intAt(int payload, int offset) {
        if (payload == 0 && offset <= length - Integer.BYTES) {
            return Memory.getInt(base + offset);
        }
        return (int) otherNumber(payload, offset, Integer.BYTES);
    }

    long longAt(int payload, int offset) {
        if (payload == 0 && offset <= length - Long.BYTES) {
            return Memory.getLong(base + offset);
        }
        return otherNumber(payload, offset, Long.BYTES);
    }

    /** Reads a number of another payload, or one that the payload's end cuts off. */
    private long otherNumber(int payload, int offset, int width) {
        long address = payloadAddress(payload) + offset;
        int available = lengthOf(payload, offset, width);
        return Memory.partialNumber(address, available, width);
    }

    /** How many of {@code size} bytes from {@code offset} on a payload has; a size of 0 means up to its end. */
    int lengthOf(int payload, int offset, int size) {
        int available = Math.max(0, payloadLength(payload) - offset);
        return size == 0 ? available : Math.min(size, available);
    }

    /** Sets the window to a part of a payload, cut at the payload's end; a size of 0 means up to there. */
    void window(int payload, int offset, int size) {
        windowLength = lengthOf(payload, offset, size);
        windowAddress = payloadAddress(payload) + offset;
    }

    void setWindow(long address, int size) {
        windowAddress = address;
        windowLength = size;
    }

    void cutWindowAtNul() {
        windowLength = Memory.lengthUntilNul(windowAddress, windowLength);
    }

    long memoised(int field, NumberDerivation derivation) {
        return derived.number(field, derivation, this);
    }

    /** Sets the window to a derived text, which is computed unless this record has it already. */
    void memoisedWindow(int field, TextDerivation derivation) {
        derived.text(field, derivation, this);
    }

    /** The address of a payload's own copy of {@code size} bytes, of which those that are missing are zero. */
    long own(int payload, int size) {
        if (owned == payload) {
            return payloadAddress(payload);
        }
        int present = Math.min(payloadLength(payload), size);
        long copy = scratch.reserve(size);
        Memory.copy(payloadAddress(payload), copy, present);
        Memory.clear(copy + present, size - present);
        setPayload(payload, MemorySegment.NULL, copy, size);
        owned = payload;
        return copy;
    }

    /** Gives a payload {@code size} bytes of the record's own memory and returns their address. */
    long reserve(int payload, int size) {
        long address = scratch.reserve(size);
        setPayload(payload, MemorySegment.NULL, address, size);
        return address;
    }

    /** Frees the memory of values set by operators; the record must not be used afterwards. */
    @Override
    public void close() {
        owner = MemorySegment.NULL;
        derived.close();
        if (ownsScratch) {
            scratch.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One record of a data source: a reusable flyweight over raw bytes.
 *
 * <p>A record has numbered payloads. The bytes of a payload belong to whoever wrapped them and must stay valid and unchanged
 * until the next {@link #begin()}; values set by operators lie in memory of the record. Each read is bounded by the payload's
 * length, and what is missing is zero. A record is used by one thread at a time.
 */
@SuppressWarnings("AvoidCommonTypeNames") // The field's own word; java.lang.Record is never named in code.
public final class Record implements Packet, AutoCloseable {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final DataSource dataSource;
    private final Payloads others;
    private final DerivedValues derived;
    private final ScratchMemory scratch;
    private final boolean ownsScratch;

    /** Payload 0, which for most data sources is the whole of the event, is kept outside of the arrays. */
    private MemorySegment segment = MemorySegment.NULL;

    private long base;
    private int length;

    private MemorySegment windowSegment = MemorySegment.NULL;
    private long windowStart;
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
        segment = MemorySegment.NULL;
        base = 0;
        length = 0;
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

    /** Sets a payload of the current record to the given bytes without copying them. */
    public void wrapPayload(int payload, MemorySegment bytes, long offset, int size) {
        if (size < 0 || offset < 0 || offset > bytes.byteSize() - size) {
            throw new DataSourceException("payload " + payload + " of data source \"" + dataSource.name() + "\": "
                    + size + " bytes at offset " + offset + " exceed the memory of " + bytes.byteSize() + " bytes");
        }
        if (payload == 0) {
            segment = bytes;
            base = offset;
            length = size;
        } else {
            others.set(payload, bytes, offset, size);
        }
    }

    /** Sets a payload of the current record to a copy of the given bytes. */
    public void copyPayload(int payload, MemorySegment bytes, long offset, int size) {
        scratch.reserve(size);
        MemorySegment.copy(bytes, offset, scratch.block(), scratch.offset(), size);
        wrapPayload(payload, scratch.block(), scratch.offset(), size);
    }

    /** How many bytes a payload of the current record has. */
    public int payloadLength(int payload) {
        return payload == 0 ? length : others.length(payload);
    }

    /** Makes this record a copy of another one of the same data source that lives on when the other one is reused. */
    public void copyOf(Record other) {
        begin();
        for (int i = 0; i < dataSource.payloadCount(); i++) {
            int size = other.payloadLength(i);
            if (size > 0) {
                other.window(i, 0, 0);
                copyPayload(i, other.windowSegment, other.windowStart, size);
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

    /** The memory that the window set last lies in. */
    public MemorySegment windowSegment() {
        return windowSegment;
    }

    /** Where in {@link #windowSegment()} the window starts. */
    public long windowStart() {
        return windowStart;
    }

    /** Bytes of the window. */
    public int windowLength() {
        return windowLength;
    }

    byte byteAt(int payload, int offset) {
        if (payload == 0) {
            return offset < length ? segment.get(ValueLayout.JAVA_BYTE, base + offset) : 0;
        }
        return offset < others.length(payload)
                ? others.segment(payload).get(ValueLayout.JAVA_BYTE, others.base(payload) + offset)
                : 0;
    }

    short shortAt(int payload, int offset) {
        if (payload == 0 && offset <= length - Short.BYTES) {
            return segment.get(SHORT, base + offset);
        }
        return (short) assemble(payload, offset, Short.BYTES);
    }

    int intAt(int payload, int offset) {
        if (payload == 0 && offset <= length - Integer.BYTES) {
            return segment.get(INT, base + offset);
        }
        return (int) assemble(payload, offset, Integer.BYTES);
    }

    long longAt(int payload, int offset) {
        if (payload == 0 && offset <= length - Long.BYTES) {
            return segment.get(LONG, base + offset);
        }
        return assemble(payload, offset, Long.BYTES);
    }

    /** Reads a number of another payload, or one that the record's end cuts off. */
    private long assemble(int payload, int offset, int width) {
        window(payload, offset, width);
        if (windowLength == width) {
            return switch (width) {
                case Short.BYTES -> windowSegment.get(SHORT, windowStart);
                case Integer.BYTES -> windowSegment.get(INT, windowStart);
                default -> windowSegment.get(LONG, windowStart);
            };
        }
        return Bytes.nativeNumber(windowSegment, windowStart, windowLength, width);
    }

    int windowLength(int payload, int offset, int size) {
        int available = Math.max(0, payloadLength(payload) - offset);
        return size == 0 ? available : Math.min(size, available);
    }

    /** Sets the window to a part of a payload, cut at the payload's end; a size of 0 means up to there. */
    void window(int payload, int offset, int size) {
        windowLength = windowLength(payload, offset, size);
        if (payload == 0) {
            windowSegment = segment;
            windowStart = base + offset;
        } else {
            windowSegment = others.segment(payload);
            windowStart = others.base(payload) + offset;
        }
    }

    void window(MemorySegment bytes, long start, int size) {
        windowSegment = bytes;
        windowStart = start;
        windowLength = size;
    }

    void emptyWindow() {
        window(MemorySegment.NULL, 0, 0);
    }

    void cutWindowAtNul() {
        windowLength = Bytes.lengthUntilNul(windowSegment, windowStart, windowLength);
    }

    long memoised(int field, NumberDerivation derivation) {
        return derived.number(field, derivation, this);
    }

    /** Sets the window to a derived text, which is computed unless this record has it already. */
    void memoisedWindow(int field, TextDerivation derivation) {
        derived.text(field, derivation, this);
    }

    /** Replaces a payload that lies in foreign memory by a copy of {@code size} bytes that may be written. */
    void own(int payload, int size) {
        window(payload, 0, 0);
        if (windowSegment.equals(scratch.block()) && windowLength >= size) {
            return;
        }
        MemorySegment from = windowSegment;
        long start = windowStart;
        int present = Math.min(windowLength, size);
        scratch.reserve(size);
        MemorySegment block = scratch.block();
        MemorySegment.copy(from, start, block, scratch.offset(), present);
        block.asSlice(scratch.offset() + present, size - present).fill((byte) 0);
        wrapPayload(payload, block, scratch.offset(), size);
    }

    /** Gives the record memory for a value; the window is that memory. */
    void reserve(int size) {
        scratch.reserve(size);
        window(scratch.block(), scratch.offset(), size);
    }

    /** Frees the memory of values set by operators; the record must not be used afterwards. */
    @Override
    public void close() {
        derived.close();
        if (ownsScratch) {
            scratch.close();
        }
    }
}

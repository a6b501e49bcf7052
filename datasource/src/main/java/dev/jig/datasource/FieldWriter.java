// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Sets the value of one field in records. A member of a fixed layout is written in place, after the record got its own copy of
 * the layout's bytes; any other field gets bytes of its own. Values end with the record.
 */
public final class FieldWriter {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Field field;

    FieldWriter(Field field) {
        this.field = field;
    }

    /** The field that is written. */
    public Field field() {
        return field;
    }

    /** Sets a bool or an integer; higher bits than the field has are cut off. */
    public void setLong(Record record, long value) {
        locate(record, field.kind().width());
        store(record, value, field.kind().width());
    }

    /** Sets a float. */
    public void setDouble(Record record, double value) {
        boolean single = field.kind() == Kind.FLOAT32;
        setLong(record, single ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value));
    }

    /** Sets text. */
    public void setText(Record record, String text) {
        setBytes(record, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets raw bytes. */
    public void setBytes(Record record, byte[] bytes) {
        setBytes(record, MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    /** Sets raw bytes by copy. A text member of a fixed layout is filled up with NULs; any other one must have its exact size. */
    public void setBytes(Record record, MemorySegment bytes, long offset, int length) {
        if (field.isStaticMember() && (field.kind().isText() ? length > field.size() : length != field.size())) {
            throw new DataSourceException(
                    "field \"" + field.fullName() + "\" has " + field.size() + " bytes, got " + length);
        }
        locate(record, length);
        MemorySegment to = record.windowSegment();
        long start = record.windowStart();
        MemorySegment.copy(bytes, offset, to, start, length);
        if (field.isStaticMember()) {
            to.asSlice(start + length, field.size() - length).fill((byte) 0);
        }
    }

    /** Sets raw bytes without copying them; they must stay valid and unchanged as long as the record. */
    public void wrap(Record record, MemorySegment bytes, long offset, int length) {
        if (field.isStaticMember()) {
            setBytes(record, bytes, offset, length);
        } else {
            record.wrapPayload(field.payloadIndex(), bytes, offset, length);
        }
    }

    /** Sets the record's window to where the value is to be stored. */
    private void locate(Record record, int size) {
        int payload = field.payloadIndex();
        if (field.isStaticMember()) {
            record.own(payload, field.dataSource().payloadSize(payload));
            record.window(payload, field.offset(), field.size());
        } else {
            record.reserve(size);
            record.wrapPayload(payload, record.windowSegment(), record.windowStart(), size);
        }
    }

    private void store(Record record, long value, int width) {
        MemorySegment to = record.windowSegment();
        long start = record.windowStart();
        boolean swapped = field.dataSource().isByteSwapped();
        switch (width) {
            case 1 -> to.set(ValueLayout.JAVA_BYTE, start, (byte) value);
            case 2 -> to.set(SHORT, start, swapped ? Short.reverseBytes((short) value) : (short) value);
            case 4 -> to.set(INT, start, swapped ? Integer.reverseBytes((int) value) : (int) value);
            default -> to.set(LONG, start, swapped ? Long.reverseBytes(value) : value);
        }
    }
}

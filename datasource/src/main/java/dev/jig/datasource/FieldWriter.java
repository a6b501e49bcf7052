// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Sets the value of one field in records. A member of a fixed layout is written in place, after the record got its own copy of
 * the layout's bytes; any other field gets bytes of its own. Values end with the record.
 */
public final class FieldWriter {
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
        int width = field.kind().width();
        if (field.isStaticMember() && field.size() != width) {
            throw wrongLength(width);
        }
        if (width == 0 || field.kind().isArray()) {
            throw wrongLength(width);
        }
        Memory.putNumber(target(record, width), value, width, field.dataSource().isByteSwapped());
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
        boolean fits = field.kind().isText() ? length <= field.size() : length == field.size();
        if (field.isStaticMember() && !fits) {
            throw wrongLength(length);
        }
        long target = target(record, length);
        Memory.copyIn(bytes, offset, target, length);
        if (field.isStaticMember()) {
            Memory.clear(target + length, field.size() - length);
        }
    }

    /** Sets raw bytes without copying them; they must stay mapped and unchanged as long as the record. */
    public void wrap(Record record, MemorySegment bytes, long offset, int length) {
        if (field.isStaticMember()) {
            setBytes(record, bytes, offset, length);
        } else {
            record.wrapPayload(field.payloadIndex(), bytes, offset, length);
        }
    }

    /** Where a value of {@code size} bytes is to be stored. */
    private long target(Record record, int size) {
        int payload = field.payloadIndex();
        return field.isStaticMember()
                ? record.own(payload, field.dataSource().payloadSize(payload)) + field.offset()
                : record.reserve(payload, size);
    }

    private DataSourceException wrongLength(int length) {
        return new DataSourceException("field \"" + field.fullName() + "\" of kind "
                + field.kind().displayName() + " has " + field.size() + " bytes, got " + length);
    }
}

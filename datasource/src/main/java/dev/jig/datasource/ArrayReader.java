// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Reads the elements of a field whose kind is an array of bools, integers or floats. */
public final class ArrayReader extends FieldReader {
    private boolean bound;
    private boolean empty;
    private boolean swapped;
    private int payload;
    private int offset;
    private int size;

    ArrayReader(Field field) {
        super(field);
    }

    /** How many whole elements the record has; a trailing part of an element is not counted. */
    public int length(Record record) {
        if (!bound) {
            throw unbound();
        }
        return empty
                ? 0
                : record.lengthOf(payload, offset, size) / field().kind().width();
    }

    /** Element {@code index} as an integer, sign- or zero-extended; zero beyond the last one. */
    public long longAt(Record record, int index) {
        if (index < 0 || index >= length(record)) {
            return 0;
        }
        Kind element = field().kind().element();
        int at = offset + index * element.width();
        return switch (element.width()) {
            case 1 -> {
                byte value = record.byteAt(payload, at);
                yield element.isSigned() ? value : value & 0xff;
            }
            case 2 -> {
                short value = swapped ? Short.reverseBytes(record.shortAt(payload, at)) : record.shortAt(payload, at);
                yield element.isSigned() ? value : value & 0xffff;
            }
            case 4 -> {
                int value = intAt(record, at);
                yield element.isSigned() ? value : value & 0xffff_ffffL;
            }
            default -> wideAt(record, at);
        };
    }

    /** Element {@code index} of an array of floats; zero beyond the last one. */
    public double doubleAt(Record record, int index) {
        if (index < 0 || index >= length(record)) {
            return 0;
        }
        return field().kind() == Kind.FLOAT32_ARRAY
                ? Float.intBitsToFloat(intAt(record, offset + index * Float.BYTES))
                : Double.longBitsToDouble(wideAt(record, offset + index * Double.BYTES));
    }

    private int intAt(Record record, int at) {
        int value = record.intAt(payload, at);
        return swapped ? Integer.reverseBytes(value) : value;
    }

    private long wideAt(Record record, int at) {
        long value = record.longAt(payload, at);
        return swapped ? Long.reverseBytes(value) : value;
    }

    @Override
    void bind(ValueSource source) {
        bound = true;
        swapped = field().dataSource().isByteSwapped();
        if (source instanceof ValueSource.Payload(int index, int start, int bytes)) {
            payload = index;
            offset = start;
            size = bytes;
        } else {
            empty = true;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Writes the value of one column as text that is not yet padded. */
abstract sealed class ColumnCell {
    /** Appends the text to {@code out}; returns its width, provided that {@code out} was empty. */
    abstract int write(Record record, Utf8Buffer out);

    static ColumnCell of(Column column, CellText text) {
        Field field = column.value();
        Kind kind = field.kind();
        if (kind == Kind.BOOL) {
            return new Bool(field.asLong());
        }
        if (kind.isInteger()) {
            return column.hex() ? new Hex(field.asLong()) : new Whole(field.asLong());
        }
        if (kind.isFloat()) {
            return new Decimal(field.asDouble(), column.precision());
        }
        return kind.isText() ? new Text(field.asText(), text) : new ByteCount(field.asText());
    }

    /** A cell whose text is not escaped, for output that is not a table. */
    static ColumnCell plain(Field field) {
        return field.kind().isText() ? new Plain(field.asText()) : of(Column.of(field), new CellText(false));
    }

    private static final class Plain extends ColumnCell {
        private final TextReader reader;

        Plain(TextReader reader) {
            this.reader = reader;
        }

        @Override
        int write(Record record, Utf8Buffer out) {
            reader.appendTo(record, out);
            return (int) out.length();
        }
    }

    private static final class Whole extends ColumnCell {
        private final LongReader reader;
        private final boolean unsigned;

        Whole(LongReader reader) {
            this.reader = reader;
            this.unsigned = reader.isUnsigned();
        }

        @Override
        int write(Record record, Utf8Buffer out) {
            long value = reader.read(record);
            if (unsigned) {
                out.appendUnsigned(value);
            } else {
                out.appendLong(value);
            }
            return (int) out.length();
        }
    }

    private static final class Hex extends ColumnCell {
        private final LongReader reader;
        private final boolean unsigned;

        Hex(LongReader reader) {
            this.reader = reader;
            this.unsigned = reader.isUnsigned();
        }

        @Override
        int write(Record record, Utf8Buffer out) {
            long value = reader.read(record);
            out.append("0x");
            if (value < 0 && !unsigned) {
                out.append('-');
                value = -value;
            }
            for (int shift = (63 - Long.numberOfLeadingZeros(value | 1)) & ~3; shift >= 0; shift -= 4) {
                int digit = (int) (value >>> shift) & 15;
                out.append((char) (digit < 10 ? '0' + digit : 'A' - 10 + digit));
            }
            return (int) out.length();
        }
    }

    private static final class Bool extends ColumnCell {
        private static final Utf8Literal TRUE = Utf8Literal.of("true");
        private static final Utf8Literal FALSE = Utf8Literal.of("false");
        private final LongReader reader;

        Bool(LongReader reader) {
            this.reader = reader;
        }

        @Override
        int write(Record record, Utf8Buffer out) {
            Utf8Literal text = reader.read(record) != 0 ? TRUE : FALSE;
            out.append(text);
            return text.length();
        }
    }

    private static final class Decimal extends ColumnCell {
        private final DoubleReader reader;
        private final int precision;

        Decimal(DoubleReader reader, int precision) {
            this.reader = reader;
            this.precision = precision;
        }

        @Override
        int write(Record record, Utf8Buffer out) {
            FloatText.appendFixed(out, reader.read(record), precision);
            return (int) out.length();
        }
    }

    private static final class Text extends ColumnCell {
        private final TextReader reader;
        private final CellText text;

        Text(TextReader reader, CellText text) {
            this.reader = reader;
            this.text = text;
        }

        @Override
        int write(Record record, Utf8Buffer out) {
            reader.locate(record);
            return text.append(out, record.windowAddress(), record.windowLength());
        }
    }

    private static final class ByteCount extends ColumnCell {
        private final TextReader reader;

        ByteCount(TextReader reader) {
            this.reader = reader;
        }

        @Override
        int write(Record record, Utf8Buffer out) {
            int size = reader.field().size();
            out.append('<');
            out.appendLong(size > 0 ? size : reader.length(record));
            out.append(" bytes>");
            return (int) out.length();
        }
    }
}

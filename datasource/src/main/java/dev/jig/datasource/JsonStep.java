// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** One value of a JSON plan, and the fixed bytes before it. */
abstract sealed class JsonStep {
    private static final Utf8Literal TRUE = Utf8Literal.of("true");
    private static final Utf8Literal FALSE = Utf8Literal.of("false");

    final Utf8Literal before;

    JsonStep(Utf8Literal before) {
        this.before = before;
    }

    /** Appends the value alone. */
    abstract void write(Record record, Utf8Buffer out);

    /** An integer that fits into a signed 64-bit one; {@link JsonPlan} writes it. */
    static final class Signed extends JsonStep {
        final LongReader reader;

        Signed(Utf8Literal before, LongReader reader) {
            super(before);
            this.reader = reader;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            out.appendLong(reader.read(record));
        }
    }

    /** An unsigned 64-bit integer; {@link JsonPlan} writes it. */
    static final class Unsigned extends JsonStep {
        final LongReader reader;

        Unsigned(Utf8Literal before, LongReader reader) {
            super(before);
            this.reader = reader;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            out.appendUnsigned(reader.read(record));
        }
    }

    /** True or false. */
    static final class Bool extends JsonStep {
        private final LongReader reader;
        private final boolean onlyOneIsTrue;

        Bool(Utf8Literal before, LongReader reader, boolean onlyOneIsTrue) {
            super(before);
            this.reader = reader;
            this.onlyOneIsTrue = onlyOneIsTrue;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            long value = reader.read(record);
            out.append((onlyOneIsTrue ? value == 1 : value != 0) ? TRUE : FALSE);
        }
    }

    /** A float; JSON has no form for NaN and infinities. */
    static final class Decimal extends JsonStep {
        private final DoubleReader reader;
        private final boolean single;
        private final String notFinite;

        Decimal(Utf8Literal before, DoubleReader reader, String notFinite) {
            super(before);
            this.reader = reader;
            this.single = reader.field().kind() == Kind.FLOAT32;
            this.notFinite = notFinite;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            double value = reader.read(record);
            if (Double.isFinite(value)) {
                FloatText.appendShortest(out, value, single);
            } else {
                out.append(notFinite);
            }
        }
    }

    /** The inside of a string. */
    static final class Text extends JsonStep {
        private final TextReader reader;

        Text(Utf8Literal before, TextReader reader) {
            super(before);
            this.reader = reader;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            reader.appendJson(record, out);
        }
    }

    /** Bytes as hexadecimal digits inside of a string. */
    static final class Hex extends JsonStep {
        private final TextReader reader;

        Hex(Utf8Literal before, TextReader reader) {
            super(before);
            this.reader = reader;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            reader.appendHex(record, out);
        }
    }

    /** The elements of an array. */
    static final class Elements extends JsonStep {
        private final JsonArray elements;

        Elements(Utf8Literal before, JsonArray elements) {
            super(before);
            this.elements = elements;
        }

        @Override
        void write(Record record, Utf8Buffer out) {
            elements.write(record, out);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Writes a field that is an array as a JSON array, one element per line if {@code separator} says so. */
sealed interface JsonArray {
    /** Appends brackets and elements. */
    void write(Record record, Utf8Buffer out);

    /**
     * The literal parts of an array.
     *
     * @param open bracket and what stands before the first element
     * @param separator between two elements
     * @param close what stands behind the last element, and the bracket
     */
    record Layout(Utf8Literal open, Utf8Literal separator, Utf8Literal close) {
        /** The layout at a depth of nesting; an empty {@code unit} puts all on one line. */
        static Layout at(String unit, int depth) {
            if (unit.isEmpty()) {
                return new Layout(Utf8Literal.of("["), Utf8Literal.of(","), Utf8Literal.of("]"));
            }
            String line = "\n" + unit.repeat(depth);
            return new Layout(
                    Utf8Literal.of("[" + line + unit), Utf8Literal.of("," + line + unit), Utf8Literal.of(line + "]"));
        }

        void before(Utf8Buffer out, int index) {
            if (index > 0) {
                out.append(separator);
            }
        }
    }

    /** Integers, bools or floats. */
    record Numbers(ArrayReader reader, Layout layout, NotFinite words, boolean compat) implements JsonArray {
        @Override
        public void write(Record record, Utf8Buffer out) {
            out.append(layout.open());
            int length = reader.length(record);
            for (int i = 0; i < length; i++) {
                layout.before(out, i);
                element(record, i, out);
            }
            out.append(layout.close());
        }

        private void element(Record record, int index, Utf8Buffer out) {
            Kind kind = reader.field().kind().element();
            if (kind == Kind.BOOL) {
                out.append(reader.longAt(record, index) != 0 ? "true" : "false");
            } else if (kind.isFloat()) {
                words.appendNumber(out, reader.doubleAt(record, index), kind == Kind.FLOAT32);
            } else if (kind == Kind.UINT64 && !compat) {
                out.appendUnsigned(reader.longAt(record, index));
            } else {
                out.appendLong(reader.longAt(record, index));
            }
        }
    }

    /** Texts that end with NUL each; empty ones are unused places and left out. */
    record Texts(TextReader reader, Layout layout) implements JsonArray {
        @Override
        public void write(Record record, Utf8Buffer out) {
            out.append(layout.open());
            reader.locate(record);
            long start = record.windowAddress();
            int length = record.windowLength();
            int count = 0;
            for (int at = 0; at < length; at++) {
                int text = Memory.lengthUntilNul(start + at, length - at);
                if (text > 0) {
                    layout.before(out, count++);
                    out.append('"');
                    JsonText.append(out, start + at, text, false);
                    out.append('"');
                    at += text;
                }
            }
            out.append(layout.close());
        }
    }
}

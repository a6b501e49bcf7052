// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Writes a field that is an array as a YAML sequence, whose dashes stand below the first letter of the key. */
final class YamlSequence {
    private static final String UNIT = "  ";

    private final FieldReader reader;
    private final String item;
    private final YamlText text;

    /** Creates a writer of the elements that {@code reader} reads: numbers, or texts that end with NUL each. */
    YamlSequence(FieldReader reader, int depth) {
        this.reader = reader;
        this.item = "\n" + UNIT.repeat(depth) + "- ";
        this.text = new YamlText(item.length() - 1, depth);
    }

    void write(Record record, Utf8Buffer out) {
        int count = switch (reader) {
            case ArrayReader array -> numbers(array, record, out);
            case TextReader texts -> texts(texts, record, out);
            case LongReader _, DoubleReader _ -> 0;
        };
        if (count == 0) {
            out.append(" []");
        }
    }

    private int numbers(ArrayReader array, Record record, Utf8Buffer out) {
        Kind kind = array.field().kind().element();
        int length = array.length(record);
        for (int i = 0; i < length; i++) {
            out.append(item);
            if (kind == Kind.BOOL) {
                out.append(array.longAt(record, i) != 0 ? "true" : "false");
            } else if (kind.isFloat()) {
                NotFinite.YAML.appendNumber(out, array.doubleAt(record, i), kind == Kind.FLOAT32);
            } else if (kind == Kind.UINT64) {
                out.appendUnsigned(array.longAt(record, i));
            } else {
                out.appendLong(array.longAt(record, i));
            }
        }
        return length;
    }

    private int texts(TextReader texts, Record record, Utf8Buffer out) {
        texts.locate(record);
        long start = record.windowAddress();
        int length = record.windowLength();
        int count = 0;
        for (int at = 0; at < length; at++) {
            int bytes = Memory.lengthUntilNul(start + at, length - at);
            if (bytes > 0) {
                out.append(item);
                text.append(out, start + at, bytes, false);
                count++;
                at += bytes;
            }
        }
        return count;
    }
}

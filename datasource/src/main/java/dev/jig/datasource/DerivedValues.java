// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.List;

/**
 * The derived values of one record that several readers want. Each is computed at most once per record; forgetting all of them
 * is one increment. Memory is taken when the first value is kept.
 */
final class DerivedValues implements AutoCloseable {
    private static final long[] NOT_YET = {};

    private final int fields;
    private long generation = 1;
    private long[] numbers = NOT_YET;
    private long[] numberStamps = NOT_YET;
    private long[] textRanges = NOT_YET;
    private long[] textStamps = NOT_YET;
    private final Utf8Buffer texts = new Utf8Buffer(0);
    /** A derivation may read other derived texts; each level of nesting writes to a buffer of its own. */
    private final List<Utf8Buffer> levels = new ArrayList<>();

    private int depth;

    DerivedValues(int fields) {
        this.fields = fields;
    }

    void clear() {
        generation++;
        texts.clear();
    }

    long number(int field, NumberDerivation derivation, Record record) {
        if (numbers.length == 0) {
            numbers = new long[fields];
            numberStamps = new long[fields];
        }
        if (numberStamps[field] != generation) {
            numbers[field] = derivation.derive(record);
            numberStamps[field] = generation;
        }
        return numbers[field];
    }

    /** Sets the record's window to the text; it is valid until the next text of this record is computed. */
    void text(int field, TextDerivation derivation, Record record) {
        if (textRanges.length == 0) {
            textRanges = new long[fields];
            textStamps = new long[fields];
        }
        if (textStamps[field] != generation) {
            compute(field, derivation, record);
        }
        long range = textRanges[field];
        record.setWindow(texts.address() + (range >>> Integer.SIZE), (int) range);
    }

    private void compute(int field, TextDerivation derivation, Record record) {
        if (depth == levels.size()) {
            levels.add(new Utf8Buffer(64));
        }
        Utf8Buffer level = levels.get(depth);
        level.clear();
        depth++;
        try {
            derivation.write(record, level);
        } finally {
            depth--;
        }
        long start = texts.length();
        texts.append(level);
        textRanges[field] = (start << Integer.SIZE) | level.length();
        textStamps[field] = generation;
    }

    @Override
    public void close() {
        texts.close();
        for (Utf8Buffer level : levels) {
            level.close();
        }
    }
}

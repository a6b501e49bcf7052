// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.BytePattern;
import dev.jig.datasource.Record;
import dev.jig.datasource.TextReader;

/** Compares the bytes of a field with a text. */
public final class TextComparison implements Condition {
    private final TextReader reader;
    private final Comparison comparison;
    private final BytePattern value;
    private final byte[] bytes;

    TextComparison(TextReader reader, Comparison comparison, String value) {
        this.reader = reader;
        this.comparison = comparison;
        this.value = BytePattern.of(value);
        this.bytes = this.value.toByteArray();
    }

    /** Reader of the field. */
    public TextReader reader() {
        return reader;
    }

    /** How the field's value, on the left, is compared. */
    public Comparison comparison() {
        return comparison;
    }

    /** With what it is compared. */
    public BytePattern value() {
        return value;
    }

    @Override
    public boolean test(Record record) {
        return switch (comparison) {
            case EQUAL -> reader.isEqual(record, value);
            case NOT_EQUAL -> !reader.isEqual(record, value);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison.holds(reader.compare(record, bytes));
        };
    }

    @Override
    public String describe() {
        return reader.field().fullName() + " " + comparison.symbol() + " " + Quoted.text(value.toString());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.Record;

/**
 * Compares a bool or integer field with a number.
 *
 * @param reader of the field
 * @param comparison of the field's value, on the left, with the number
 * @param value within the range of the field's kind, with its sign or without as that has it
 */
public record NumberComparison(LongReader reader, Comparison comparison, long value) implements Condition {
    @Override
    public boolean test(Record record) {
        long actual = reader.read(record);
        return switch (comparison) {
            case EQUAL -> actual == value;
            case NOT_EQUAL -> actual != value;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                comparison.holds(
                        reader.isUnsigned() ? Long.compareUnsigned(actual, value) : Long.compare(actual, value));
        };
    }

    @Override
    public String describe() {
        String field = reader.field().fullName();
        if (reader.field().kind() == Kind.BOOL && value == 0 && comparison == Comparison.NOT_EQUAL) {
            return field;
        }
        return field + " " + comparison.symbol() + " "
                + (reader.isUnsigned() ? Long.toUnsignedString(value) : Long.toString(value));
    }
}

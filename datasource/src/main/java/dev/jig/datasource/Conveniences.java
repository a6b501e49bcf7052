// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.Optional;

/** Readers of one field that are made when somebody first asks a record for its value by field. */
final class Conveniences {
    private final Field field;
    private Optional<TextReader> text = Optional.empty();
    private Optional<LongReader> number = Optional.empty();
    private Optional<DoubleReader> decimal = Optional.empty();

    Conveniences(Field field) {
        this.field = field;
    }

    String text(Record record) {
        Kind kind = field.kind();
        if (kind.isFloat()) {
            if (decimal.isEmpty()) {
                decimal = Optional.of(field.asDouble());
            }
            return Double.toString(decimal.get().read(record));
        }
        if (kind == Kind.BOOL) {
            return Boolean.toString(number(record) != 0);
        }
        if (kind.isNumeric()) {
            return kind.isSigned() ? Long.toString(number(record)) : Long.toUnsignedString(number(record));
        }
        if (text.isEmpty()) {
            text = Optional.of(field.asText());
        }
        return text.get().text(record);
    }

    long number(Record record) {
        if (number.isEmpty()) {
            number = Optional.of(field.asLong());
        }
        return number.get().read(record);
    }
}

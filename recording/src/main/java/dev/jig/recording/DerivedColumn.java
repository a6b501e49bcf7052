// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.Field;
import dev.jig.datasource.LiteralDerivation;
import dev.jig.datasource.Record;
import dev.jig.datasource.TextReader;
import dev.jig.datasource.Utf8Buffer;
import dev.jig.datasource.ValueSource;
import java.util.Optional;

/** A text that is kept with each record, as nobody could derive it from the record elsewhere. */
final class DerivedColumn implements AutoCloseable {
    private final Field field;
    private final Optional<LiteralDerivation> literals;
    private final TextReader reader;
    private final Utf8Buffer text = new Utf8Buffer(0);
    private int number;

    private DerivedColumn(Field field, Optional<LiteralDerivation> literals) {
        this.field = field;
        this.literals = literals;
        this.reader = field.asText();
    }

    /** The column of a field of a data source that has started. */
    static DerivedColumn of(Field field) {
        Optional<LiteralDerivation> literals = field.source() instanceof ValueSource.DerivedLiteral ready
                ? Optional.of(ready.derivation())
                : Optional.empty();
        return new DerivedColumn(field, literals);
    }

    String fieldName() {
        return field.fullName();
    }

    /** Whether records hold a number of a text. */
    boolean isNumbered() {
        return literals.isPresent();
    }

    /** Derives the text of a record, before the entry of the record begins. */
    void prepare(Record record, BlockBuffer out) {
        if (literals.isPresent()) {
            number = out.text(literals.get().derive(record));
        } else {
            text.clear();
            reader.appendTo(record, text);
        }
    }

    /** Writes what was prepared. */
    void write(BlockBuffer out) {
        if (literals.isPresent()) {
            out.varint(number);
        } else {
            out.varint(text.length());
            out.bytes().append(text);
        }
    }

    @Override
    public void close() {
        text.close();
    }
}

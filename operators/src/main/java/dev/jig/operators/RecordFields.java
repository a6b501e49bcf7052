// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Fields of a data source, each with the part of a thing that it shows.
 *
 * @param <T> the things of which records tell
 */
public final class RecordFields<T> {
    private final DataSource source;
    private final List<Filler<T>> fillers = new ArrayList<>();

    /** Sets one field. */
    @FunctionalInterface
    private interface Filler<T> {
        void fill(Record record, T thing);
    }

    /** None yet. */
    public RecordFields(DataSource source) {
        this.source = source;
    }

    /** Adds a field of whole numbers. */
    public void number(NewField field, ToLongFunction<T> value) {
        FieldWriter writer = source.addField(field).asWriter();
        fillers.add((record, thing) -> writer.setLong(record, value.applyAsLong(thing)));
    }

    /** Adds a field of floating-point numbers. */
    public void fraction(NewField field, ToDoubleFunction<T> value) {
        FieldWriter writer = source.addField(field).asWriter();
        fillers.add((record, thing) -> writer.setDouble(record, value.applyAsDouble(thing)));
    }

    /** Adds a field of text. */
    public void text(NewField field, Function<T, String> value) {
        FieldWriter writer = source.addField(field).asWriter();
        fillers.add((record, thing) -> writer.setText(record, value.apply(thing)));
    }

    /** Sets all fields of a record. */
    public void fill(Record record, T thing) {
        for (int i = 0; i < fillers.size(); i++) {
            fillers.get(i).fill(record, thing);
        }
    }
}

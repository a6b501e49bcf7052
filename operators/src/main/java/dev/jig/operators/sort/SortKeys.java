// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.sort;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DoubleReader;
import dev.jig.datasource.Field;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.Record;
import dev.jig.datasource.Suggestion;
import dev.jig.datasource.TextReader;
import dev.jig.gadget.GadgetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The order of a data source's records: by a first field, where that is equal by a second one, and so on. */
final class SortKeys implements Comparator<Record> {
    private final List<Comparator<Record>> keys = new ArrayList<>();

    /**
     * Reads names with commas between them, each with a minus in front for the largest first.
     *
     * @throws GadgetException when the data source has no such field, or its values have no order
     */
    static SortKeys parse(String text, DataSource source) {
        SortKeys keys = new SortKeys();
        for (String word : text.split(",", -1)) {
            boolean descending = word.startsWith("-");
            String name = descending ? word.substring(1) : word;
            Field field = source.field(name).orElseThrow(() -> unknown(name, source));
            Comparator<Record> key = key(field);
            keys.keys.add(descending ? key.reversed() : key);
        }
        return keys;
    }

    private static GadgetException unknown(String name, DataSource source) {
        List<String> names = new ArrayList<>();
        for (Field field : source.fields()) {
            if (field.isReferenced() && isSortable(field)) {
                names.add(field.fullName());
            }
        }
        Optional<String> nearest = Suggestion.nearest(name, names);
        return new GadgetException("field " + name + " not found"
                + nearest.map(found -> "; did you mean \"" + found + "\"?").orElse(""));
    }

    private static boolean isSortable(Field field) {
        return field.kind().isInteger()
                || field.kind().isFloat()
                || field.kind().isText();
    }

    private static Comparator<Record> key(Field field) {
        if (!isSortable(field)) {
            throw new GadgetException("field " + field.fullName() + " cannot be used for sorting");
        }
        if (field.kind().isText()) {
            TextReader reader = field.asText();
            return (a, b) -> reader.compare(a, b);
        }
        if (field.kind().isFloat()) {
            DoubleReader reader = field.asDouble();
            return (a, b) -> Double.compare(reader.read(a), reader.read(b));
        }
        LongReader reader = field.asLong();
        return reader.isUnsigned()
                ? (a, b) -> Long.compareUnsigned(reader.read(a), reader.read(b))
                : (a, b) -> Long.compare(reader.read(a), reader.read(b));
    }

    @Override
    public int compare(Record first, Record second) {
        for (int i = 0; i < keys.size(); i++) {
            int order = keys.get(i).compare(first, second);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}

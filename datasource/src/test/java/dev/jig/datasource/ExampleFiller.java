// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/** Fills records with the values of a parsed JSON object, so that captured output can be written again. */
final class ExampleFiller {
    private final Map<String, FieldWriter> writers = new HashMap<>();

    /** Must be made before the data source starts. */
    ExampleFiller(DataSource dataSource) {
        for (Field field : dataSource.fields()) {
            if (!field.isEmpty()) {
                writers.put(field.fullName(), field.asWriter());
            }
        }
    }

    void fill(Record record, Map<String, Object> object) {
        fill(record, "", object);
    }

    void set(Record record, String fullName, Object value) {
        set(record, requireNonNull(writers.get(fullName), fullName), value);
    }

    private void fill(Record record, String prefix, Map<?, ?> object) {
        object.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> nested) {
                fill(record, name + ".", nested);
            } else {
                set(record, name, value);
            }
        });
    }

    private static void set(Record record, FieldWriter writer, Object value) {
        switch (value) {
            case String text -> writer.setText(record, text);
            case Boolean bool -> writer.setLong(record, bool ? 1 : 0);
            case Long number when writer.field().kind().isFloat() -> writer.setDouble(record, number);
            case Long number -> writer.setLong(record, number);
            case Double number -> writer.setDouble(record, number);
            default -> throw new AssertionError("unexpected " + value);
        }
    }
}

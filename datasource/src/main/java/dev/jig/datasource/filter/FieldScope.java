// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.ArrayReader;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DoubleReader;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fields of a data source as parts of expressions. */
final class FieldScope {
    private final DataSource dataSource;

    FieldScope(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    DataSource dataSource() {
        return dataSource;
    }

    Optional<Value> find(String name) {
        return dataSource.field(name).map(FieldScope::value);
    }

    /** A field below another one; its name must be exact. */
    Optional<Value> find(Field parent, String name) {
        for (Field child : parent.subFields()) {
            if (child.isReferenced() && child.name().equals(name)) {
                return Optional.of(value(child));
            }
        }
        return Optional.empty();
    }

    /** A question behind an unknown name, if one is similar. */
    static String suggestion(DataSource dataSource, String name) {
        List<String> names = new ArrayList<>();
        for (Field field : dataSource.fields()) {
            if (field.isReferenced()) {
                names.add(field.fullName());
            }
        }
        Optional<String> nearest = Suggestion.nearest(name, names);
        if (nearest.isEmpty()) {
            nearest = ending(name, names);
        }
        return nearest.isPresent() ? "; did you mean \"" + nearest.get() + "\"?" : "";
    }

    /** Who leaves out the names of parents means the field below them. */
    private static Optional<String> ending(String name, List<String> names) {
        String wanted = "." + name.toLowerCase(Locale.ROOT);
        for (String candidate : names) {
            if (candidate.toLowerCase(Locale.ROOT).endsWith(wanted)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static Value value(Field field) {
        if (!field.subFields().isEmpty()) {
            return new Value.Group(field);
        }
        return switch (field.kind()) {
            case BOOL -> new Value.Truth(new NumberComparison(field.asLong(), Comparison.NOT_EQUAL, 0));
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> whole(field);
            case FLOAT32, FLOAT64 -> {
                DoubleReader reader = field.asDouble();
                yield new Value.Fraction(typeOf(field.kind()), reader::read, Optional.empty());
            }
            case BOOL_ARRAY,
                    INT8_ARRAY,
                    INT16_ARRAY,
                    INT32_ARRAY,
                    INT64_ARRAY,
                    UINT8_ARRAY,
                    UINT16_ARRAY,
                    UINT32_ARRAY,
                    UINT64_ARRAY,
                    FLOAT32_ARRAY,
                    FLOAT64_ARRAY -> sequence(field);
            case INVALID, STRING, CSTRING, BYTES, INVALID_ARRAY, STRING_ARRAY, CSTRING_ARRAY, BYTES_ARRAY ->
                Value.Text.of(field.asText());
        };
    }

    private static Value whole(Field field) {
        LongReader reader = field.asLong();
        boolean unsigned = field.kind() == Kind.UINT64;
        return new Value.Whole(typeOf(field.kind()), unsigned, reader::read, Optional.of(reader), Optional.empty());
    }

    private static Value sequence(Field field) {
        Kind kind = field.kind().element();
        NumberElements elements = new NumberElements(field.asArray());
        Value element;
        if (kind == Kind.BOOL) {
            element = new Value.Truth(new Computed(field.fullName(), elements::truth));
        } else if (kind.isFloat()) {
            element = Value.Fraction.of(elements::fraction);
        } else {
            boolean unsigned = kind == Kind.UINT64;
            element = new Value.Whole(typeOf(kind), unsigned, elements::whole, Optional.empty(), Optional.empty());
        }
        return new Value.Sequence(element, elements, Optional.of(field.asText()));
    }

    private static final class NumberElements implements Elements {
        private final ArrayReader reader;
        private int chosen;

        NumberElements(ArrayReader reader) {
            this.reader = reader;
        }

        @Override
        public int count(dev.jig.datasource.Record record) {
            return reader.length(record);
        }

        @Override
        public void choose(dev.jig.datasource.Record record, int index) {
            chosen = index;
        }

        long whole(dev.jig.datasource.Record record) {
            return reader.longAt(record, chosen);
        }

        double fraction(dev.jig.datasource.Record record) {
            return reader.doubleAt(record, chosen);
        }

        boolean truth(dev.jig.datasource.Record record) {
            return whole(record) != 0;
        }
    }

    static String typeOf(Kind kind) {
        return kind.displayName().toLowerCase(Locale.ROOT);
    }
}

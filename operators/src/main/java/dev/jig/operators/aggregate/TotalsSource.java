// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.aggregate;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Suggestion;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the data source of totals, which has fields of the same names as the one whose records are counted. */
final class TotalsSource {
    private static final String SUFFIX = "-totals";

    private final DataSource counted;
    private final DataSource totals;

    TotalsSource(DataSource counted, GadgetContext context) {
        this.counted = counted;
        this.totals = context.register(counted.name() + SUFFIX, DataSourceType.ARRAY);
        totals.annotate("cli.clear-screen-before", "true");
    }

    DataSource source() {
        return totals;
    }

    /**
     * Adds a field by which records are counted.
     *
     * @throws GadgetException when there is none of that name, or it cannot be counted by
     */
    KeyField addKey(String name) {
        Field field = require(counted, name);
        boolean isKey = field.kind().isText() || field.kind().isInteger() || field.kind() == Kind.BOOL;
        if (!isKey) {
            throw new GadgetException("records cannot be counted by field \"" + field.fullName() + "\" of kind "
                    + field.kind().displayName());
        }
        return new KeyField(field, add(field, field.kind().isText() ? Kind.STRING : field.kind()));
    }

    /**
     * Adds a field whose values are added up.
     *
     * @throws GadgetException when there is none of that name, or it is no number
     */
    SummedField addSum(String name) {
        Field field = require(counted, name);
        boolean isNumber = field.kind().isInteger() || field.kind().isFloat();
        if (!isNumber) {
            throw new GadgetException("values of field \"" + field.fullName() + "\" of kind "
                    + field.kind().displayName() + " cannot be added up");
        }
        Kind kind = field.kind().isFloat() ? Kind.FLOAT64 : field.kind().isSigned() ? Kind.INT64 : Kind.UINT64;
        return new SummedField(field, add(field, kind));
    }

    /** Adds the number of records. */
    FieldWriter addCount() {
        String name = totals.field("count").isEmpty() ? "count" : "records";
        return totals.addField(NewField.of(name, Kind.UINT64)).asWriter();
    }

    /** Adds the mark of the record that stands for all keys that found no room. */
    FieldWriter addOthers() {
        Field field = totals.addField(NewField.of("others", Kind.BOOL));
        field.setHidden(true, false);
        return field.asWriter();
    }

    /** A field by its name, or why there is none. */
    static Field require(DataSource source, String name) {
        Optional<Field> field = source.field(name);
        if (field.isPresent()) {
            return field.get();
        }
        List<String> names = new ArrayList<>();
        for (Field other : source.fields()) {
            if (other.isReferenced()) {
                names.add(other.fullName());
            }
        }
        throw new GadgetException("field \"" + name + "\" not found in data source \"" + source.name() + "\""
                + Suggestion.nearest(name, names)
                        .map(near -> "; did you mean \"" + near + "\"?")
                        .orElse(""));
    }

    private FieldWriter add(Field like, Kind kind) {
        if (totals.field(like.fullName()).isPresent()) {
            throw new GadgetException("field \"" + like.fullName() + "\" is named twice");
        }
        NewField field = NewField.of(like.name(), kind).withAnnotations(like.annotations());
        Field added = totals.addField(
                like.parent().isPresent() ? field.under(group(like.parent().get())) : field);
        // Whoever asks for a field wants to see it.
        added.setHidden(false, false);
        return added.asWriter();
    }

    private Field group(Field like) {
        Optional<Field> known = totals.field(like.fullName());
        if (known.isPresent()) {
            return known.get();
        }
        NewField group = NewField.group(like.name());
        return totals.addField(
                like.parent().isPresent() ? group.under(group(like.parent().get())) : group);
    }
}

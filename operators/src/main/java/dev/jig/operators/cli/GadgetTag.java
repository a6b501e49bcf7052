// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import static java.util.Objects.requireNonNull;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Utf8Literal;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import java.util.Optional;

/** Says in each record which gadget it is from, where several run together. */
public final class GadgetTag implements Operator {
    private static final String FIELD = "gadget";
    /** In front of what tells where an event happened. */
    private static final int ORDER = -1000;

    private final String gadget;

    public GadgetTag(String gadget) {
        this.gadget = requireNonNull(gadget, "gadget is null");
    }

    @Override
    public String name() {
        return "gadget-tag";
    }

    /** Behind those that make data sources. */
    @Override
    public int priority() {
        return 1;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        Utf8Literal text = Utf8Literal.of(gadget);
        for (DataSource source : context.dataSources()) {
            // One that has such a field already knows better what it means.
            if (source.field(FIELD).isEmpty()) {
                Field field = source.addField(NewField.of(FIELD, Kind.STRING).withOrder(ORDER));
                field.deriveLiteral(record -> text);
            }
        }
        return Optional.empty();
    }
}

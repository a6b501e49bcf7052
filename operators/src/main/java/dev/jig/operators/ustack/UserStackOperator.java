// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ustack;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds the texts of user stacks below each stack field: addresses, places in files, names of functions. */
public final class UserStackOperator implements Operator {
    static final Param SYMBOLIZERS = Param.of(
            "operator.ustack.",
            "symbolizers",
            ParamType.STRING,
            "auto",
            "Where names of functions in user stacks come from: none, auto, or a list of symtab, debuginfod-cache");
    static final Param CACHE_PATH = Param.of(
            "operator.ustack.",
            "debuginfod-cache-path",
            ParamType.STRING,
            "",
            "Where debuginfod-find keeps what it fetched; empty for its own default");

    private static final String TAG = "type:gadget_user_stack";

    @Override
    public String name() {
        return "ustack";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public List<Param> instanceParams() {
        return List.of(SYMBOLIZERS, CACHE_PATH);
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        List<StackField> fields = new ArrayList<>();
        for (DataSource source : context.dataSources()) {
            for (Field field : source.fieldsWithTag(TAG)) {
                field.setHidden(true, true);
                StackField.of(field, context.log()).ifPresent(fields::add);
            }
        }
        return fields.isEmpty() ? Optional.empty() : Optional.of(new UserStackInstance(fields));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ustack;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import java.util.List;
import java.util.Optional;

/**
 * Adds the texts of user stacks below each stack field. Stacks are not taken yet, so the texts are empty, and a run that
 * asks for stacks is refused.
 */
public final class UserStackOperator implements Operator {
    private static final String TAG = "type:gadget_user_stack";
    private static final String COLLECT = "operator.oci.ebpf.collect-ustack";
    private static final List<String> TEXTS = List.of("addresses", "buildid", "symbols");

    @Override
    public String name() {
        return "ustack";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        boolean any = false;
        for (DataSource source : context.dataSources()) {
            for (Field field : source.fieldsWithTag(TAG)) {
                field.setHidden(true, true);
                TEXTS.forEach(name -> add(field, name));
                any = true;
            }
        }
        return any ? Optional.of(new Instance()) : Optional.empty();
    }

    private static void add(Field field, String name) {
        Field text = field.addSubField(NewField.of(name, Kind.STRING));
        text.setHidden(true, false);
        text.setConstant("");
    }

    private static final class Instance implements OperatorInstance {
        @Override
        public void preStart(GadgetContext context) {
            if (context.options().values().find(COLLECT).filter("true"::equals).isPresent()) {
                throw new GadgetException("user stacks are not supported yet: run without --collect-ustack");
            }
        }
    }
}

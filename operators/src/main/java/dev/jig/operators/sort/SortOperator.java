// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.sort;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.operators.DataSourceNames;
import java.util.List;
import java.util.Optional;

/** Sorts each array by the fields that {@code --sort} names; records with equal fields keep their order. */
public final class SortOperator implements Operator {
    private static final int PRIORITY = 9500;

    private static final Param SORT = Param.of(
                    "operator.sort.",
                    "sort",
                    ParamType.STRING,
                    "",
                    "Sort by fields, with commas between them and a minus in front for the largest first: f1,-f2 or ds1:f1,-f2;ds2:f3")
            .withTitle("Sort", "group:Data Filtering");

    @Override
    public String name() {
        return "sort";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        return DataSourceNames.hasArrays(context) ? Optional.of(new Instance()) : Optional.empty();
    }

    private static final class Instance implements OperatorInstance {
        @Override
        public List<Param> params() {
            return List.of(SORT);
        }

        @Override
        public void preStart(GadgetContext context) {
            SortSpecification specification = SortSpecification.parse(context.value(SORT));
            if (!context.options().compat()) {
                DataSourceNames.require(specification.sources(), context);
            }
            for (DataSource source : context.dataSources()) {
                specification.of(source.name()).ifPresent(fields -> subscribe(source, fields));
            }
        }

        private static void subscribe(DataSource source, String fields) {
            if (source.type() != DataSourceType.ARRAY) {
                throw new GadgetException("data source \"" + source.name() + "\" has no arrays that could be sorted");
            }
            SortKeys keys = SortKeys.parse(fields, source);
            source.subscribeArray(PRIORITY, array -> {
                array.sort(keys);
                return Verdict.KEEP;
            });
        }
    }
}

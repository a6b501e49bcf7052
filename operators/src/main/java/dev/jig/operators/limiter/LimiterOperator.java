// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.limiter;

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

/** Keeps the first records of each array, as many as {@code --max-entries} says. */
public final class LimiterOperator implements Operator {
    private static final int PRIORITY = 9600;

    private static final Param MAX_ENTRIES = Param.of(
                    "operator.limiter.",
                    "max-entries",
                    ParamType.STRING,
                    "-1",
                    "Keep so many entries of each array, -1 for all of them: n or ds1:n,ds2:m")
            .withTitle("Max entries", "group:Data Filtering");

    @Override
    public String name() {
        return "limiter";
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
        private Limits limits = Limits.NONE;

        @Override
        public List<Param> params() {
            return List.of(MAX_ENTRIES);
        }

        @Override
        public void configure(GadgetContext context) {
            limits = Limits.parse(context.value(MAX_ENTRIES));
        }

        @Override
        public void preStart(GadgetContext context) {
            if (!context.options().compat()) {
                DataSourceNames.require(limits.sources(), context);
            }
            for (DataSource source : context.dataSources()) {
                int limit = limits.of(source.name());
                if (limit < Limits.UNLIMITED) {
                    throw new GadgetException(
                            "invalid value of max-entries for data source \"" + source.name() + "\": " + limit);
                }
                boolean isArray = source.type() == DataSourceType.ARRAY;
                if (!isArray && limits.sources().contains(source.name())) {
                    throw new GadgetException("data source \"" + source.name() + "\" has no arrays that could be cut");
                }
                if (isArray && limit != Limits.UNLIMITED) {
                    subscribe(source, limit);
                }
            }
        }

        private static void subscribe(DataSource source, int limit) {
            source.subscribeArray(PRIORITY, array -> {
                array.truncate(Math.min(limit, array.size()));
                return Verdict.KEEP;
            });
        }
    }
}

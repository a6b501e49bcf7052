// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.filter;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.filter.AllOf;
import dev.jig.datasource.filter.Condition;
import dev.jig.datasource.filter.FilterException;
import dev.jig.datasource.filter.Filters;
import dev.jig.datasource.filter.Fixed;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.operators.RecordFilters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands on only those records that fulfil what {@code --filter} and {@code --filter-expr} ask for. */
public final class FilterOperator implements Operator {
    private static final int PRIORITY = 9000;
    private static final String PREFIX = "operator.filter.";
    private static final String GROUP = "group:Data Filtering";

    private static final Param FILTER = Param.of(
                    PREFIX,
                    "filter",
                    ParamType.UNTYPED,
                    "",
                    "Show only events that fulfil all rules: field, one of = != < <= > >= ~ !~ and a value, with commas between rules")
            .withAlias("F")
            .withTitle("Filter", GROUP, "advanced");

    private static final Param EXPRESSION = Param.of(
                    PREFIX,
                    "filter-expr",
                    ParamType.UNTYPED,
                    "",
                    "Show only events for which an expression is true, such as proc.comm in [\"cat\", \"ls\"] or fname contains \"etc\"")
            .withAlias("E")
            .withTitle("Filter expression", GROUP, "advanced");

    @Override
    public String name() {
        return "filter";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        List<String> sources = new ArrayList<>();
        context.dataSources().forEach(source -> sources.add(source.name()));
        return Optional.of(new Instance(sources));
    }

    private static Param ofSource(Param param, String source) {
        return Param.of(
                        PREFIX,
                        param.key() + "." + source,
                        ParamType.UNTYPED,
                        "",
                        "As " + param.key() + ", for data source \"" + source + "\" only")
                .withTitle(param.title(), GROUP);
    }

    /**
     * @param sources names of those that records are filtered of
     */
    private record Instance(List<String> sources) implements OperatorInstance {
        @Override
        public List<Param> params() {
            List<Param> params = new ArrayList<>(List.of(FILTER, EXPRESSION));
            for (String source : sources) {
                params.add(ofSource(FILTER, source));
                params.add(ofSource(EXPRESSION, source));
            }
            return params;
        }

        @Override
        public void configure(GadgetContext context) {
            Map<String, Condition> conditions = new LinkedHashMap<>();
            for (String name : sources) {
                Condition condition = condition(context.dataSource(name).orElseThrow(), context);
                if (!condition.equals(new Fixed(true))) {
                    conditions.put(name, condition);
                }
            }
            context.put(RecordFilters.KEY, new RecordFilters(conditions));
        }

        private Condition condition(DataSource source, GadgetContext context) {
            try {
                return AllOf.of(List.of(
                        Filters.simple(context.value(ofSource(FILTER, source.name())), source, sources),
                        Filters.simple(context.value(FILTER), source, sources),
                        expression(context.value(ofSource(EXPRESSION, source.name())), source),
                        expression(context.value(EXPRESSION), source)));
            } catch (FilterException wrong) {
                throw new GadgetException(String.valueOf(wrong.getMessage()), wrong);
            }
        }

        private static Condition expression(String text, DataSource source) {
            try {
                return Filters.expression(text, source);
            } catch (FilterException wrong) {
                throw new GadgetException(
                        "compiling filter expression \"" + text + "\" for datasource " + source.name()
                                + ": compiling filter expression: " + wrong.getMessage(),
                        wrong);
            }
        }

        @Override
        public void preStart(GadgetContext context) {
            Map<String, Condition> conditions =
                    context.find(RecordFilters.KEY).orElseThrow().conditions();
            for (String name : sources) {
                Condition condition = conditions.get(name);
                if (condition != null) {
                    RecordFilter filter = new RecordFilter(name, condition, context.log());
                    context.dataSource(name).orElseThrow().subscribe(PRIORITY, filter);
                }
            }
        }
    }
}

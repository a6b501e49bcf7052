// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.aggregate;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GoDuration;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.operators.Onlooker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts records by fields, and adds up others, in place of showing each record. The totals are a data source of arrays; the one whose records
 * are counted is no longer seen.
 */
public final class AggregateOperator implements Operator {
    private static final int PRIORITY = 9400;
    private static final String PREFIX = "operator.aggregate.";
    private static final String GROUP = "group:Aggregation";

    private static final Param COUNT_BY = Param.of(
                    PREFIX,
                    "count-by",
                    ParamType.STRING,
                    "",
                    "Count events by fields, with commas between them, instead of showing each event")
            .withTitle("Count by", GROUP);
    private static final Param SUM = Param.of(
                    PREFIX,
                    "sum",
                    ParamType.STRING,
                    "",
                    "Add up fields, with commas between them, for each count or in all")
            .withTitle("Sum", GROUP);
    private static final Param TOP = Param.of(
                    PREFIX, "top", ParamType.UINT32, "0", "Show so many totals, the largest ones; 0 for all")
            .withTitle("Top", GROUP);
    private static final Param INTERVAL = Param.of(
                    PREFIX,
                    "count-interval",
                    ParamType.STRING,
                    "",
                    "Time between two looks at the totals, such as 5s; 0 for one look at the end, which is the default unless a table is"
                            + " shown on a terminal")
            .withTitle("Interval", GROUP);

    @Override
    public String name() {
        return "aggregate";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        return Optional.of(new Instance());
    }

    private static final class Instance implements OperatorInstance {
        private static final Duration LIVE = Duration.ofSeconds(1);

        private final List<Aggregation> aggregations = new ArrayList<>();
        private final CountDownLatch stopped = new CountDownLatch(1);
        private Optional<Thread> thread = Optional.empty();

        @Override
        public List<Param> params() {
            return List.of(COUNT_BY, SUM, TOP, INTERVAL);
        }

        @Override
        public void configure(GadgetContext context) {
            List<String> keys = names(context.value(COUNT_BY));
            List<String> sums = names(context.value(SUM));
            int top = Integer.parseUnsignedInt(context.value(TOP).isEmpty() ? "0" : context.value(TOP));
            interval(context);
            if (keys.isEmpty() && sums.isEmpty()) {
                if (top != 0) {
                    throw new GadgetException("top needs to know of what: count-by or sum is missing");
                }
                return;
            }
            List<String> all = new ArrayList<>(keys);
            all.addAll(sums);
            for (DataSource source : chosen(all, context)) {
                source.removeReference();
                Aggregation aggregation = new Aggregation(source, keys, sums, Math.max(0, top), context);
                aggregations.add(aggregation);
                source.subscribe(PRIORITY, record -> {
                    aggregation.add(record);
                    return Verdict.KEEP;
                });
            }
        }

        private static List<String> names(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        }

        /** The data sources that have all the fields; if none has, the first one tells what is missing. */
        private static List<DataSource> chosen(List<String> names, GadgetContext context) {
            List<DataSource> chosen = new ArrayList<>();
            for (DataSource source : context.dataSources()) {
                if (names.stream().allMatch(name -> source.field(name).isPresent())) {
                    chosen.add(source);
                }
            }
            if (chosen.isEmpty()) {
                for (DataSource source : context.dataSources()) {
                    names.forEach(name -> TotalsSource.require(source, name));
                }
                throw new GadgetException("the gadget has no data source that could be counted");
            }
            return chosen;
        }

        /** Zero for one look at the end. */
        private static Duration interval(GadgetContext context) {
            String text = context.value(INTERVAL);
            if (text.isEmpty()) {
                // Where nobody prints, somebody far away looks on.
                return context.find(Onlooker.KEY).map(Onlooker::live).orElse(true) ? LIVE : Duration.ZERO;
            }
            Duration interval = text.equals("0") ? Duration.ZERO : GoDuration.parse(text);
            if (interval.isNegative()) {
                throw new GadgetException("count-interval must not be negative: " + text);
            }
            return interval;
        }

        @Override
        public void started(GadgetContext context) {
            Duration interval = interval(context);
            if (!aggregations.isEmpty() && !interval.isZero()) {
                thread = Optional.of(
                        Thread.ofPlatform().name("jig-totals").daemon().start(() -> showEach(interval, context)));
            }
        }

        private void showEach(Duration interval, GadgetContext context) {
            try {
                while (!stopped.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                    show(context);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void show(GadgetContext context) {
            for (Aggregation aggregation : aggregations) {
                try {
                    aggregation.show(context);
                } catch (RuntimeException failure) {
                    context.log().warn("showing totals: " + failure.getMessage());
                }
            }
        }

        @Override
        public void stop(GadgetContext context) {
            stopped.countDown();
            try {
                if (thread.isPresent()) {
                    thread.get().join();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** Now all records have been counted. */
        @Override
        public void postStop(GadgetContext context) {
            show(context);
        }
    }
}

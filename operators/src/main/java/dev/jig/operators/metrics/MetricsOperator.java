// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GoDuration;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws the metrics of data sources that ask for it ({@code metrics.print: true}) in place of their records. */
public final class MetricsOperator implements Operator {
    private static final int PRIORITY = 9995;
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(25);
    private static final Param PRINT_INTERVAL = Param.of(
                    "operator.otel-metrics.",
                    "otel-metrics-print-interval",
                    ParamType.DURATION,
                    "1000ms",
                    "How often to draw metrics, at most")
            .withTitle("Print interval", "group:OpenTelemetry Metrics");

    @Override
    public String name() {
        return "otel-metrics";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        List<DataSource> printed = new ArrayList<>();
        for (DataSource source : context.dataSources()) {
            if (source.annotation("metrics.print").filter("true"::equals).isPresent()) {
                printed.add(source);
            }
        }
        if (printed.isEmpty()) {
            return Optional.empty();
        }
        List<DrawnMetrics> drawn = new ArrayList<>();
        printed.forEach(source -> drawn.add(DrawnMetrics.of(source, context)));
        return Optional.of(new Instance(drawn));
    }

    private record Instance(List<DrawnMetrics> drawn) implements OperatorInstance {
        @Override
        public List<Param> params() {
            return List.of(PRINT_INTERVAL);
        }

        @Override
        public void preStart(GadgetContext context) {
            Duration interval = GoDuration.parse(context.value(PRINT_INTERVAL));
            if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
                throw new GadgetException(
                        PRINT_INTERVAL.key() + " must be at least 25ms, not " + interval.toMillis() + "ms");
            }
            drawn.forEach(metrics -> metrics.subscribe(PRIORITY, interval));
        }

        @Override
        public void postStop(GadgetContext context) {
            drawn.forEach(DrawnMetrics::drawLast);
        }

        @Override
        public void close() {
            drawn.forEach(DrawnMetrics::close);
        }
    }
}

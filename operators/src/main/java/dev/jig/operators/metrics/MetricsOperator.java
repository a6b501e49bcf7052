// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.datasource.DataSource;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GoDuration;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.gadget.ProcessConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws the metrics of data sources that ask for it ({@code metrics.print: true}) in place of their records, and tells those of
 * others to Prometheus ({@code metrics.collect: true} and a name in {@code otel-metrics-name}).
 */
public final class MetricsOperator implements Operator {
    private static final int PRIORITY = 9995;
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(25);
    private static final String PREFIX = "operator.otel-metrics.";
    private static final String GROUP = "group:OpenTelemetry Metrics";
    private static final Param LISTEN = Param.of(
            PREFIX,
            "otel-metrics-listen",
            ParamType.BOOL,
            "true",
            "Let Prometheus read the metrics of gadgets that export some");
    private static final Param ADDRESS = Param.of(
            PREFIX,
            "otel-metrics-listen-address",
            ParamType.STRING,
            "127.0.0.1:2224",
            "Where Prometheus reads metrics, under /metrics");
    private static final Param NAME = Param.of(
                    PREFIX,
                    "otel-metrics-name",
                    ParamType.STRING,
                    "",
                    "Data sources whose metrics are exported, and their scopes: 'datasource:scope', separated by commas")
            .withTitle("Name", GROUP);
    private static final Param EXPORTER = Param.of(
                    PREFIX,
                    "otel-metrics-exporter",
                    ParamType.STRING,
                    "",
                    "Send metrics to this exporter of the configuration file instead of letting Prometheus read them")
            .withTitle("Exporter", GROUP);
    private static final Param PRINT_INTERVAL = Param.of(
                    PREFIX,
                    "otel-metrics-print-interval",
                    ParamType.DURATION,
                    "1000ms",
                    "How often to draw metrics, at most")
            .withTitle("Print interval", GROUP);

    private final MetricsHub hub;

    /**
     * @param hub shared by all runs of this process
     */
    public MetricsOperator(MetricsHub hub) {
        this.hub = hub;
    }

    @Override
    public String name() {
        return "otel-metrics";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public List<Param> globalParams() {
        return List.of(LISTEN, ADDRESS);
    }

    @Override
    public List<Param> instanceParams() {
        return List.of(NAME, EXPORTER);
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        List<DataSource> printed = new ArrayList<>();
        List<DataSource> collected = new ArrayList<>();
        for (DataSource source : context.dataSources()) {
            if (isTrue(source, "metrics.print")) {
                printed.add(source);
            } else if (isTrue(source, "metrics.collect")) {
                collected.add(source);
            }
        }
        List<DrawnMetrics> drawn = new ArrayList<>();
        printed.forEach(source -> drawn.add(DrawnMetrics.of(source, context)));
        return Optional.of(new Instance(drawn, collected));
    }

    private static boolean isTrue(DataSource source, String annotation) {
        return source.annotation(annotation).filter("true"::equals).isPresent();
    }

    private final class Instance implements OperatorInstance {
        private final List<DrawnMetrics> drawn;
        private final List<DataSource> collected;
        private final List<ExportedSource> exported = new ArrayList<>();
        private Optional<GadgetContext> joined = Optional.empty();

        Instance(List<DrawnMetrics> drawn, List<DataSource> collected) {
            this.drawn = drawn;
            this.collected = collected;
        }

        @Override
        public List<Param> params() {
            return drawn.isEmpty() ? List.of() : List.of(PRINT_INTERVAL);
        }

        @Override
        public void preStart(GadgetContext context) {
            if (!drawn.isEmpty()) {
                Duration interval = GoDuration.parse(context.value(PRINT_INTERVAL));
                if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
                    throw new GadgetException(
                            PRINT_INTERVAL.key() + " must be at least 25ms, not " + interval.toMillis() + "ms");
                }
                drawn.forEach(metrics -> metrics.subscribe(PRIORITY, interval));
            }
            Map<String, String> scopes = ScopeNames.parse(context.value(NAME));
            for (DataSource source : collected) {
                String scope = scopes.get(source.name());
                if (scope != null) {
                    export(source, scope.isEmpty() ? source.name() : scope, context);
                }
            }
        }

        private void export(DataSource source, String scope, GadgetContext context) {
            ExportedSource metrics =
                    new ExportedSource(source, scope, context.options().compat(), ExportedSource.MOST_SERIES);
            String exporter = context.value(EXPORTER);
            if (!exporter.isEmpty()) {
                Configuration file = context.find(ProcessConfiguration.KEY)
                        .orElse(ProcessConfiguration.NONE)
                        .file();
                ExporterSettings settings = ExporterSettings.of(file, exporter);
                hub.add(metrics);
                hub.push(exporter, settings, metrics);
            } else {
                MetricsAddress address = MetricsAddress.parse(context.value(ADDRESS));
                hub.add(metrics);
                if (context.value(LISTEN).equals("true")) {
                    hub.listen(address, context.log());
                }
            }
            exported.add(metrics);
            metrics.subscribe(PRIORITY);
        }

        @Override
        public void started(GadgetContext context) {
            hub.join(context);
            joined = Optional.of(context);
        }

        @Override
        public void postStop(GadgetContext context) {
            drawn.forEach(DrawnMetrics::drawLast);
        }

        @Override
        public void close() {
            drawn.forEach(DrawnMetrics::close);
            exported.forEach(hub::remove);
            joined.ifPresent(hub::leave);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.otellogs;

import dev.jig.datasource.DataSource;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.gadget.ProcessConfiguration;
import dev.jig.operators.OtlpEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sends records to collectors as log records ({@code otel-logs-exporter}). */
public final class OtelLogsOperator implements Operator {
    /** In which records are sent, behind everybody who changes them. */
    static final int PRIORITY = 9999;

    private static final String ALL = "operator.otel-logs.exporters";
    private static final Param EXPORTER = Param.of(
                    "operator.otel-logs.",
                    "otel-logs-exporter",
                    ParamType.STRING,
                    "",
                    "Send records to this exporter of the configuration file: 'name', or 'datasource:name' separated by commas")
            .withTitle("Exporter", "group:OpenTelemetry Logs");

    @Override
    public String name() {
        return "otel-logs";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public List<Param> instanceParams() {
        return List.of(EXPORTER);
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        return Optional.of(new Instance());
    }

    private static final class Instance implements OperatorInstance {
        private final List<LogExport> exports = new ArrayList<>();

        @Override
        public void preStart(GadgetContext context) {
            String text = context.value(EXPORTER);
            if (text.isEmpty()) {
                return;
            }
            Configuration file = context.find(ProcessConfiguration.KEY)
                    .orElse(ProcessConfiguration.NONE)
                    .file();
            for (String word : text.split(",", -1)) {
                int colon = word.indexOf(':');
                String exporter = word.substring(colon + 1);
                if (colon < 0) {
                    context.dataSources().forEach(source -> send(source, exporter, file, context));
                } else {
                    String name = word.substring(0, colon);
                    DataSource source = context.dataSource(name)
                            .orElseThrow(() -> new GadgetException(
                                    "otel-logs-exporter: there is no data source \"" + name + "\""));
                    send(source, exporter, file, context);
                }
            }
        }

        private void send(DataSource source, String exporter, Configuration file, GadgetContext context) {
            OtlpEndpoint endpoint = OtlpEndpoint.of(file, ALL, exporter, "otel-logs-exporter");
            String compression = file.text(ALL + "." + exporter + ".compression")
                    .filter(kind -> !kind.isEmpty())
                    .orElse("none");
            if (!Set.of("none", "gzip").contains(compression)) {
                throw new GadgetException(
                        ALL + "." + exporter + ".compression must be none or gzip, not \"" + compression + "\"");
            }
            exports.add(LogExport.start(source, endpoint, compression, context));
        }

        @Override
        public void postStop(GadgetContext context) {
            exports.forEach(LogExport::close);
            exports.clear();
        }

        @Override
        public void close() {
            exports.forEach(LogExport::close);
            exports.clear();
        }
    }
}

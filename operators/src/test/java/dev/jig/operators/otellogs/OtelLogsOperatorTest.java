// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.otellogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.ProcessConfiguration;
import dev.jig.gadget.RunOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OtelLogsOperatorTest {
    private final List<String> received = new CopyOnWriteArrayList<>();

    private GadgetContext context(String exporter, int port) {
        GadgetContext context = new GadgetContext(
                "my_image",
                new RunOptions(
                        ParamValues.of(Map.of("operator.otel-logs.otel-logs-exporter", exporter)), Log.NONE, false));
        context.put(
                ProcessConfiguration.KEY,
                new ProcessConfiguration(Configuration.parse("""
                        operator:
                          otel-logs:
                            exporters:
                              mine: {exporter: otlp-http, endpoint: "http://127.0.0.1:%d/v1/logs"}
                              odd: {exporter: otlp-grpc, endpoint: "host:1", compression: zip}
                        """.formatted(port), "config.yaml")));
        return context;
    }

    private HttpServer collector(int status) throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/logs", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        collector.start();
        return collector;
    }

    /** Sends two records and counts what was lost. */
    private long send(int status, Map<String, String> annotations) throws IOException {
        return send(status, annotations, "");
    }

    private long send(int status, Map<String, String> annotations, String body) throws IOException {
        HttpServer collector = collector(status);
        GadgetContext context = context("ds:mine", collector.getAddress().getPort());
        DataSource source = context.register("ds", DataSourceType.SINGLE);
        if (!body.isEmpty()) {
            source.annotate("logs.body", body);
        }
        FieldWriter comm = source.addField(NewField.of("comm", Kind.STRING).withAnnotations(annotations))
                .asWriter();
        FieldWriter pid = source.addField(NewField.of("pid", Kind.INT32)).asWriter();
        try (OperatorInstance instance =
                new OtelLogsOperator().instantiate(context).orElseThrow()) {
            instance.preStart(context);
            source.start();
            emit(source, comm, pid);
            instance.postStop(context);
        } finally {
            collector.stop(0);
        }
        return context.count(source).lost();
    }

    private static void emit(DataSource source, FieldWriter comm, FieldWriter pid) {
        try (Record record = source.newRecord()) {
            for (String name : List.of("first one", "second one")) {
                record.begin();
                comm.setText(record, name);
                pid.setLong(record, 42);
                source.emit(record);
            }
        }
    }

    @Test
    void shouldSendAllFieldsWithoutAnnotations() throws IOException {
        assertThat(send(200, Map.of())).isZero();
        assertThat(String.join("", received))
                .contains("my_image", "inspektor-gadget", "comm", "first one", "second one", "pid");
    }

    @Test
    void shouldSendWhatIsAnnotated() throws IOException {
        assertThat(send(200, Map.of("logs.name", "command"))).isZero();
        assertThat(String.join("", received)).contains("command", "second one").doesNotContain("pid");
    }

    @Test
    void shouldMakeTheBodyByAnExpression() throws IOException {
        assertThat(send(200, Map.of(), "upper(comm) + \" is \" + string(pid)")).isZero();
        assertThat(String.join("", received))
                .contains("FIRST ONE is 42", "SECOND ONE is 42")
                .doesNotContain("first one");
    }

    @Test
    void shouldLeaveOutABodyThatCannotBeWorkedOut() throws IOException {
        assertThat(send(200, Map.of("logs.name", "command"), "1 % (pid - 42)")).isZero();
        assertThat(String.join("", received)).contains("second one");
    }

    @Test
    void shouldRefuseExpressionsThatAreWrong() {
        GadgetContext context = context("mine", 1);
        context.register("ds", DataSourceType.SINGLE).annotate("logs.body", "comn");
        try (OperatorInstance instance =
                new OtelLogsOperator().instantiate(context).orElseThrow()) {
            assertThatThrownBy(() -> instance.preStart(context))
                    .isInstanceOf(GadgetException.class)
                    .hasMessageContaining("data source \"ds\": logs.body: ");
        }
    }

    @Test
    void shouldCountWhatACollectorRefuses() throws IOException {
        assertThat(send(400, Map.of())).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertRefused("nobody", "otel-logs-exporter \"nobody\" is not configured; configured are: mine, odd", Map.of());
        assertRefused("other:mine", "there is no data source \"other\"", Map.of());
        assertRefused("odd", "compression must be none or gzip, not \"zip\"", Map.of());
        assertRefused("mine", "\"comm\" of kind String cannot be the severity", Map.of("logs.name", "severity"));
    }

    private void assertRefused(String exporter, String message, Map<String, String> annotations) {
        GadgetContext context = context(exporter, 1);
        context.register("ds", DataSourceType.SINGLE)
                .addField(NewField.of("comm", Kind.STRING).withAnnotations(annotations));
        try (OperatorInstance instance =
                new OtelLogsOperator().instantiate(context).orElseThrow()) {
            assertThatThrownBy(() -> instance.preStart(context))
                    .isInstanceOf(GadgetException.class)
                    .hasMessageContaining(message);
        }
    }
}

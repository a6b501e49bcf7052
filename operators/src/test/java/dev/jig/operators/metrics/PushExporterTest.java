// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

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
import dev.jig.gadget.RunOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PushExporterTest {
    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private final DataSource source =
            new GadgetContext("image", RunOptions.DEFAULT).register("ds", DataSourceType.SINGLE);
    private final MetricsHub hub = new MetricsHub();
    private HttpServer receiver = listening();

    private static HttpServer listening() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (java.io.IOException refused) {
            throw new java.io.UncheckedIOException(refused);
        }
    }

    @BeforeEach
    void receive() {
        receiver.createContext("/v1/metrics", exchange -> {
            received.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void end() {
        hub.close();
        receiver.stop(0);
    }

    private ExporterSettings settings(String more) {
        return ExporterSettings.of(
                Configuration.parse("""
                        operator:
                          otel-metrics:
                            exporters:
                              mine:
                                exporter: otlp-http
                                endpoint: http://127.0.0.1:%d/v1/metrics
                                interval: 1h
                        %s
                        """.formatted(receiver.getAddress().getPort(), more), "config.yaml"), "mine");
    }

    private void emit(FieldWriter key, FieldWriter value, String name, long number) {
        try (Record record = source.newRecord()) {
            record.begin();
            key.setText(record, name);
            value.setLong(record, number);
            source.emit(record);
        }
    }

    /** A point of OTLP has its number as a double, little-endian behind the tag of {@code as_double} (4). */
    private static boolean hasNumber(byte[] message, double number) {
        byte[] wanted = ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) (4 << 3 | 1))
                .putDouble(number)
                .array();
        return text(message).contains(text(wanted));
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1);
    }

    private void sendTwice(String more) {
        FieldWriter key = source.addField(
                        NewField.of("key", Kind.STRING).withAnnotations(Map.of("metrics.type", "key")))
                .asWriter();
        FieldWriter value = source.addField(
                        NewField.of("bytes.read", Kind.INT64).withAnnotations(Map.of("metrics.type", "counter")))
                .asWriter();
        ExportedSource exported = new ExportedSource(source, "my scope", false, 10);
        ExportedSource other = new ExportedSource(source, "other scope", false, 10);
        hub.add(exported);
        hub.push("mine", settings(more), exported);
        hub.push("mine", settings(more), other);
        exported.subscribe(1);
        source.start();
        emit(key, value, "cat", 30);
        emit(key, value, "cat", 12);
        // Whoever leaves has everything sent that was counted.
        hub.remove(other);
        emit(key, value, "cat", 8);
        hub.remove(exported);
    }

    @Test
    void shouldSendWhatThereIs() {
        sendTwice("");
        assertThat(received).hasSizeGreaterThanOrEqualTo(2);
        assertThat(text(received.getFirst())).contains("my scope", "bytes.read", "key", "cat", "service.name");
        assertThat(hasNumber(received.get(0), 42)).isTrue();
        assertThat(hasNumber(received.get(1), 50)).isTrue();
    }

    @Test
    void shouldSendWhatIsNewIfAskedTo() {
        sendTwice("        temporality: delta\n");
        assertThat(hasNumber(received.get(0), 42)).isTrue();
        assertThat(hasNumber(received.get(1), 8)).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNotConfiguredRightly() {
        Configuration file = Configuration.parse("""
                operator:
                  otel-metrics:
                    exporters:
                      one: {exporter: otlp-grpc, endpoint: "host:4317", insecure: true, interval: 5s}
                      two: {exporter: carrier-pigeon, endpoint: "host:4317"}
                      three: {exporter: otlp-grpc}
                      four: {exporter: otlp-grpc, endpoint: "host:4317", temporality: sometimes}
                      five: {exporter: otlp-grpc, endpoint: "host:4317", interval: 0s}
                """, "config.yaml");
        assertThat(ExporterSettings.of(file, "one").endpoint().uri()).isEqualTo("http://host:4317");
        assertThat(ExporterSettings.of(file, "one").interval()).hasSeconds(5);
        assertRefused(file, "two", "exporter must be otlp-grpc or otlp-http, not \"carrier-pigeon\"");
        assertRefused(file, "three", "three.endpoint is missing");
        assertRefused(file, "four", "temporality must be cumulative or delta, not \"sometimes\"");
        assertRefused(file, "five", "interval must be above 0");
        assertRefused(file, "six", "\"six\" is not configured; configured are: ");
        assertRefused(Configuration.empty(), "six", "configured are: none");
    }

    private static void assertRefused(Configuration file, String name, String message) {
        assertThatThrownBy(() -> ExporterSettings.of(file, name))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining(message);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics and logs on their way to a collector, by gRPC. */
@HostTest
class CollectorTest {
    @TempDir
    private Path folder = Path.of("");

    private static boolean contains(List<byte[]> messages, String text) {
        return messages.stream().anyMatch(message -> new String(message, StandardCharsets.UTF_8).contains(text));
    }

    @Test
    void shouldSendWhatItCountsAndSees() throws Exception {
        Product product = Product.in(folder);
        try (MessageServer collector = new MessageServer((call, method, count) -> {
            // An answer without fields: all was taken.
            call.sendMessage(new byte[0]);
            call.close(Status.OK, new Metadata());
        })) {
            String exporter = "    exporters:\n      mine:\n        exporter: otlp-grpc\n        insecure: true\n"
                    + "        endpoint: 127.0.0.1:" + collector.port() + "\n";
            Files.createDirectories(folder.resolve(".ig"));
            Files.writeString(
                    folder.resolve(".ig/config.yaml"),
                    "operator:\n  otel-metrics:\n" + exporter + "  otel-logs:\n" + exporter);
            String sign = folder.resolve("sign").toString();
            try (Product.Running run = product.start(
                    "run",
                    "trace_open",
                    "-o",
                    "json",
                    "--pid",
                    String.valueOf(ProcessHandle.current().pid()),
                    "--otel-logs-exporter=mine",
                    "--otel-metrics-exporter=mine",
                    "--otel-metrics-name=open:opens",
                    "--annotate=open:metrics.collect=true,open.fname:metrics.type=key,open.fd:metrics.type=gauge")) {
                run.awaitSign(sign, () -> OpenCalls.open(sign, OpenCalls.O_RDONLY, 0));
                Finished finished = run.interrupt();
                assertThat(finished.exitCode()).as(finished.err()).isZero();
            }
            // Logs and metrics have one method name each in services of their own: both are called Export.
            List<byte[]> messages = collector.requests("Export");
            assertThat(messages).hasSizeGreaterThanOrEqualTo(2);
            assertThat(contains(messages, "proc.comm"))
                    .as("logs have all fields")
                    .isTrue();
            assertThat(contains(messages, sign)).isTrue();
            assertThat(messages.stream().filter(message -> contains(List.of(message), "opens")))
                    .as("metrics have the scope that was asked for")
                    .anyMatch(message -> contains(List.of(message), sign));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics as a real Prometheus sees them. */
@HostTest
class PrometheusTest {
    private static final Path PROMETHEUS = Machine.sourceTree().resolve(".jig/tools/usr/bin/prometheus");

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
        Requirement.check(Files.exists(PROMETHEUS), "Prometheus is not there (./test fetches it)");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process startPrometheus(int port, int target) throws Exception {
        Path configuration = folder.resolve("prometheus.yml");
        Files.writeString(configuration, """
                global: {scrape_interval: 500ms, evaluation_interval: 500ms}
                scrape_configs:
                - job_name: jig
                  static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(target));
        return new ProcessBuilder(
                        PROMETHEUS.toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /** The value of the first series that a query finds. */
    private static Optional<Double> query(HttpClient client, int port, String query) throws Exception {
        URI address = URI.create(
                "http://127.0.0.1:" + port + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        try {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            JsonNode result = new ObjectMapper().readTree(answer.body()).at("/data/result");
            return result.isEmpty()
                    ? Optional.empty()
                    : Optional.of(result.get(0).at("/value/1").asDouble());
        } catch (java.net.ConnectException starting) {
            return Optional.empty();
        }
    }

    private static double await(HttpClient client, int port, String query, double atLeast) throws Exception {
        Optional<Double> value = Optional.empty();
        while (value.isEmpty() || value.get() < atLeast) {
            Thread.sleep(100);
            value = query(client, port, query);
        }
        return value.get();
    }

    /** Of all programs of a name, as a metric has it. */
    private static long runTime(String program) throws Exception {
        Process process = new ProcessBuilder("bpftool", "-j", "prog", "show").start();
        List<JsonNode> programs = new ArrayList<>();
        new ObjectMapper().readTree(process.getInputStream().readAllBytes()).forEach(programs::add);
        process.waitFor();
        return Events.with(programs, "name", program)
                .getFirst()
                .path("run_time_ns")
                .asLong();
    }

    @Test
    void shouldCountTheTimeOfProgramsAsBpftoolDoes() throws Exception {
        int metrics = freePort();
        int port = freePort();
        Process prometheus = startPrometheus(port, metrics);
        try (HttpClient client = HttpClient.newHttpClient();
                Product.Running costs = product.start(
                        "run",
                        "bpfstats",
                        "--all",
                        "-o",
                        "json",
                        "--statistics-interval",
                        "200ms",
                        "--annotate=bpfstats:metrics.collect=true",
                        "--otel-metrics-name=bpfstats:costs",
                        "--otel-metrics-listen-address=127.0.0.1:" + metrics)) {
            costs.awaitOutput("progID");
            try (Product.Running tracer = product.start("run", "trace_open", "-o", "json")) {
                tracer.awaitSign("/etc/hostname", () -> OpenCalls.open("/etc/hostname", OpenCalls.O_RDONLY, 0));
                for (int i = 0; i < 20_000; i++) {
                    OpenCalls.open("/etc/hostname", OpenCalls.O_RDONLY, 0);
                }
                long before = runTime("ig_openat_x");
                String series = "runtime_total{progName=\"ig_openat_x\",otel_scope_name=\"costs\"}";
                double told = await(client, port, series, (double) before);
                assertThat(before).isPositive();
                assertThat(told).isLessThanOrEqualTo((double) runTime("ig_openat_x"));

                assertThat(await(client, port, "rate(runtime_total{progName=\"ig_openat_x\"}[1m])", 1))
                        .isLessThan(1e9);
                assertThat(await(client, port, "mapCount{progName=\"ig_openat_x\"}", 1))
                        .isEqualTo(8);
                assertThat(await(client, port, "otel_scope_info{otel_scope_name=\"costs\"}", 1))
                        .isEqualTo(1);
                tracer.interrupt();
            }
            // Prometheus forgets a series when a scrape no longer has it.
            while (query(client, port, "mapCount{progName=\"ig_openat_x\"}").isPresent()) {
                Thread.sleep(100);
            }
            costs.interrupt();
        } finally {
            prometheus.destroy();
            prometheus.waitFor();
        }
    }

    @Test
    void shouldRefuseMetricsThatCannotBe() {
        assertThat(product.run(
                                "run",
                                "trace_open",
                                "--annotate=open:metrics.collect=true,open.fname:metrics.type=counter",
                                "--otel-metrics-name=open:x")
                        .err())
                .contains("adding counter for \"fname\": unsupported field type for metrics value \"fname\"");
        assertThat(product.run(
                                "run",
                                "trace_open",
                                "--annotate=open:metrics.collect=true,open.fd:metrics.type=counter,open.fd:metrics.name=1bad",
                                "--otel-metrics-name=open:x")
                        .err())
                .contains("invalid instrument name: 1bad: must start with a letter");
        assertThat(product.run(
                                "run",
                                "trace_open",
                                "--annotate=open:metrics.collect=true,open.fd:metrics.type=gauge",
                                "--otel-metrics-name=open:x",
                                "--otel-metrics-listen-address=nowhere")
                        .err())
                .contains("otel-metrics-listen-address must be HOST:PORT, not \"nowhere\"");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsEndpointTest {
    @TempDir
    private Path folder = Path.of("");

    private final List<String> warnings = new ArrayList<>();

    private static PrometheusPage page(String name) {
        PrometheusPage page = new PrometheusPage();
        page.add(name, MetricField.Role.GAUGE, "", Map.of(), new MetricValue.Level(1));
        return page;
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + port + path);
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private MetricsEndpoint open(int port, String metric) {
        Log log = (level, message) -> {
            if (level == Log.Level.WARN) {
                warnings.add(message);
            }
        };
        return MetricsEndpoint.open(new MetricsAddress("127.0.0.1", port), () -> page(metric), folder, log);
    }

    @Test
    void shouldAnswerUnderItsPathOnly() throws Exception {
        try (MetricsEndpoint endpoint = open(0, "mine")) {
            int port = endpoint.port().orElseThrow();
            HttpResponse<String> answer = get(port, "/metrics");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains(MetricsEndpoint.CONTENT_TYPE);
            assertThat(answer.body())
                    .startsWith("# HELP mine \n# TYPE mine gauge\nmine 1\n")
                    .contains("\ntarget_info{");
            assertThat(get(port, "/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldTakeTheSeriesOfOthersAlongAndBeInherited() throws Exception {
        MetricsEndpoint first = open(0, "first");
        int port = first.port().orElseThrow();
        // Offers are found by the port that was asked for.
        MetricsPeers offer =
                new MetricsPeers(folder.resolve("0"), () -> page("second").lines());
        offer.offer();
        assertThat(get(port, "/metrics").body()).contains("first 1\n", "second 1\n");
        offer.withdraw();
        assertThat(get(port, "/metrics").body()).contains("first 1\n").doesNotContain("second 1");
        try (MetricsEndpoint heir = open(port, "heir")) {
            assertThat(warnings).isEmpty();
            assertThat(heir.port()).isEmpty();
            first.close();
            while (heir.port().isEmpty()) {
                Thread.sleep(20);
            }
            assertThat(get(port, "/metrics").body()).contains("heir 1\n");
        }
    }

    @Test
    void shouldSayThatAnotherProgramHasTheAddress() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            try (MetricsEndpoint endpoint = open(other.getLocalPort(), "mine")) {
                assertThat(endpoint.port()).isEmpty();
            }
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains(
                            "127.0.0.1:" + other.getLocalPort(),
                            "belongs to another program",
                            "--otel-metrics-listen-address");
        }
    }

    @Test
    void shouldReadAddresses() {
        assertThat(MetricsAddress.parse("127.0.0.1:2224")).isEqualTo(new MetricsAddress("127.0.0.1", 2224));
        assertThat(MetricsAddress.parse("[::1]:1")).hasToString("[::1]:1");
        assertThat(MetricsAddress.parse(":80")).hasToString("0.0.0.0:80");
        for (String wrong : List.of("", "host", "host:", "host:x", "host:70000")) {
            assertThatThrownBy(() -> MetricsAddress.parse(wrong))
                    .isInstanceOf(GadgetException.class)
                    .hasMessageContaining("HOST:PORT");
        }
    }
}

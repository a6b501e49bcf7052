// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon, gadgets that run without a client, what they cost, metrics, and the end of it all. */
@HostTest
class WalkThroughTest {
    private static final String HEADER =
            "GADGETID GADGETNAME GADGETIMAGE PROGID PROGNAME RUNTIME RUNCOUNT MAPMEMORY MAPCOUNT";
    private static final String ID = "[0-9a-f]{32}";

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private Finished client(String... words) {
        Finished finished = product.askDaemon(words);
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        return finished;
    }

    private static String words(String line) {
        return String.join(" ", line.strip().split(" +", -1));
    }

    /** What is shown in two seconds without the header, each line once by its names and ids. */
    private List<String> costs(String... flags) {
        List<String> all = new ArrayList<>(List.of("run", "bpfstats", "--timeout", "2"));
        all.addAll(List.of(flags));
        List<String> lines = client(all.toArray(String[]::new)).lines();
        assertThat(words(lines.getFirst())).isEqualTo(HEADER);
        return lines.subList(1, lines.size()).stream()
                .map(WalkThroughTest::words)
                .distinct()
                .toList();
    }

    private static String page(int port) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private String install(String... words) {
        Finished finished = client(words);
        assertThat(finished.err()).containsPattern("installed as \\\\?\"" + ID);
        return finished.err().replaceAll("(?s).*installed as \\\\?\"(" + ID + ").*", "$1");
    }

    @Test
    void shouldTakeAUserFromTheFirstStepToTheLast() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Product.Running daemon = product.startDaemon("--otel-metrics-listen-address", "127.0.0.1:" + port)) {
            assertThat(costs()).isEmpty();

            String open = install("run", "--name", "mytraceopen", "trace_open", "--detach");
            String exec = install("run", "--name", "mytraceexec", "trace_exec", "--detach");
            assertThat(costs())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line)
                            .matches("(" + open + " mytraceopen trace_open:latest|" + exec
                                    + " mytraceexec trace_exec:latest) 0 [0-9]+ [0-9]+ [0-9]+ [0-9]+"))
                    .anySatisfy(line -> assertThat(line).startsWith(open))
                    .anySatisfy(line -> assertThat(line).startsWith(exec));
            assertThat(costs("--all"))
                    .anySatisfy(line -> assertThat(line)
                            .matches(open + " mytraceopen trace_open:latest [1-9][0-9]* ig_openat_x .*"))
                    // A program that is of no gadget.
                    .anySatisfy(line -> assertThat(line).matches("[1-9][0-9]* jig_find_holder [0-9 ]*"));

            String stats = install(
                    "run",
                    "bpfstats",
                    "--name",
                    "mystats",
                    "--otel-metrics-name=bpfstats:bpfstats",
                    "--annotate=bpfstats:metrics.collect=true",
                    "--detach");
            String labels =
                    "{gadgetImage=\"trace_exec:latest\",gadgetName=\"mytraceexec\",otel_scope_name=\"bpfstats\","
                            + "otel_scope_version=\"\",progName=\"\"} ";
            String page = page(port);
            while (!page.contains("mapCount" + labels)) {
                Thread.sleep(100);
                page = page(port);
            }
            assertThat(page)
                    .contains("mapMemory" + labels, "runcount_total" + labels, "runtime_total" + labels)
                    .contains("otel_scope_info{otel_scope_name=\"bpfstats\",otel_scope_version=\"\"} 1\n");

            assertThat(client("delete", "mystats").out()).isEqualTo(stats + "\n");
            assertThat(client("remove", "mytraceexec", "mytraceopen").lines()).containsExactly(exec, open);
            assertThat(client("list").lines()).hasSize(1);
            assertThat(page(port)).doesNotContain("mytraceexec", "mapCount");
            assertThat(costs()).isEmpty();
            assertThat(daemon.interrupt().exitCode()).isZero();
        }
    }
}

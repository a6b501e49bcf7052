// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output modes, and how runs end. */
@HostTest
class OutputTest {
    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private final String pid = String.valueOf(ProcessHandle.current().pid());

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private static void open(String name) {
        OpenCalls.open(name, OpenCalls.O_RDONLY, 0);
    }

    private Finished traced(String... flags) throws Exception {
        List<String> words = new ArrayList<>(List.of("run", "trace_open", "--pid", pid));
        words.addAll(List.of(flags));
        try (Product.Running running = product.start(words.toArray(String[]::new))) {
            running.awaitSign("/jig-sign", () -> open("/jig-sign"));
            open("/jig-odd\u001b[31m");
            open("/jig-last");
            running.awaitOutput("/jig-last");
            return running.interrupt();
        }
    }

    @Test
    void shouldPrintColumns() throws Exception {
        Finished finished = traced();

        assertThat(finished.exitCode()).isZero();
        List<String> lines = finished.lines();
        assertThat(lines.getFirst())
                .contains("COMM")
                .contains("PID")
                .contains("FNAME")
                .contains("ERROR");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .contains("/jig-odd\\x1b[31m")
                        .contains("ENOENT")
                        .contains(pid));
        assertThat(lines).filteredOn(line -> line.contains("FNAME")).hasSize(1);
        assertThat(finished.out()).doesNotContain("\u001b");
    }

    @Test
    void shouldPrintChosenColumns() throws Exception {
        Finished finished = traced("--fields", "proc.pid,fname,error");

        assertThat(finished.lines().getFirst().trim().split(" +")).hasSize(3);
        assertThat(finished.lines())
                .anySatisfy(line -> assertThat(line.trim().split(" +")).containsExactly(pid, "/jig-last", "ENOENT"));
    }

    @Test
    void shouldPrintYaml() throws Exception {
        Finished finished = traced("-o", "yaml");

        assertThat(finished.lines().getFirst()).isEqualTo("---");
        assertThat(finished.lines())
                .contains("fname: \"/jig-odd\\e[31m\"", "fname: /jig-last", "error: ENOENT", "proc:", "  pid: " + pid);
    }

    @Test
    void shouldPrintPrettyJson() throws Exception {
        Finished finished = traced("-o", "jsonpretty");

        assertThat(finished.lines()).contains("{", "  \"fname\": \"/jig-last\",", "    \"pid\": " + pid + ",", "}");
        int start = finished.out().indexOf("{\n");
        int end = finished.out().indexOf("\n}\n", start) + 2;
        assertThat(field(Events.parse(finished.out().substring(start, end)), "proc.pid")
                        .asText())
                .isEqualTo(pid);
    }

    @Test
    void shouldPrintNothingWhenAsked() {
        Finished finished = product.run("run", "trace_open", "-o", "none", "-t", "1");

        assertThat(finished.out()).isEmpty();
        assertThat(finished.err()).contains("events delivered");
        assertThat(finished.exitCode()).isZero();
    }

    @Test
    void shouldEndAfterTheTimeout() {
        long start = System.nanoTime();

        Finished finished = product.run("run", "trace_open", "-o", "json", "-t", "1");

        assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
        assertThat(finished.exitCode()).isZero();
    }

    @Test
    void shouldSumUpWhenInterrupted() throws Exception {
        Finished finished = traced("-o", "json");

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.err())
                .contains("open: " + finished.lines().size() + " events delivered, 0 lost")
                .doesNotContain("Exception");
    }

    @Test
    void shouldEndQuietlyWhenNobodyReads() throws Exception {
        Thread opener = opening("/jig-sign");

        Finished finished = product.runIntoPipe("head -n 1", "run", "trace_open", "-o", "json", "-t", "50");
        opener.interrupt();

        assertThat(finished.lines()).hasSize(1);
        assertThat(finished.err())
                .doesNotContain("Exception")
                .doesNotContain("Error")
                .doesNotContain("delivered");
        assertThat(finished.exitCode()).isEqualTo(141);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image list", "run trace_open --help", "version"})
    void shouldEndQuietlyWhenNobodyReadsTheAnswer(String words) throws Exception {
        Finished finished = product.runIntoClosedPipe(words.split(" ", -1));

        assertThat(finished.err()).isEmpty();
        assertThat(finished.exitCode()).isEqualTo(141);
    }

    @Test
    void shouldTellThatTheDiskIsFull() throws Exception {
        Thread opener = opening("/jig-sign");

        Finished run = product.runIntoPipe("cat", "run", "trace_open", "-o", "json", "-t", "50", ">/dev/full");
        opener.interrupt();
        Finished list = product.runIntoPipe("cat", "image", "list", ">/dev/full");

        assertThat(run.err())
                .contains("Error: writing to standard output: ENOSPC\n")
                .doesNotContain("Exception");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(list.err()).isEqualTo("Error: writing to standard output: ENOSPC\n");
        assertThat(list.exitCode()).isEqualTo(1);
    }

    /** A thread that opens a file until it is interrupted. */
    private static Thread opening(String name) {
        return Thread.ofPlatform().daemon().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                open(name);
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
        });
    }

    @Test
    void shouldRunSeveralAtOnce() throws Exception {
        List<Product.Running> all = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                all.add(product.start("run", "trace_open", "-o", "json", "--pid", pid));
            }
            for (Product.Running running : all) {
                running.awaitSign("/jig-sign", () -> open("/jig-sign"));
            }

            open("/jig-shared");

            for (Product.Running running : all) {
                running.awaitOutput("/jig-shared");
                List<JsonNode> events = Events.parseLines(running.interrupt().out());
                assertThat(Events.with(events, "fname", "/jig-shared")).hasSize(1);
            }
        } finally {
            all.forEach(Product.Running::close);
        }
    }

    @Test
    void shouldLeaveWhenToldToWhileNobodyTakesTheOutput() throws Exception {
        Finished finished = product.runAllInShell("mkfifo pipe; sleep 50 <pipe & reader=$!; "
                + product.commandLine("run", "trace_open", "-o", "json", "--comm", "sh")
                + " >pipe 2>errors & program=$!; "
                // Until a thread stands still in write(1, …).
                + "until grep -qs '^1 0x1 ' /proc/$program/task/*/syscall; do : </etc/hostname; done; "
                + "kill -INT $program; wait $program; code=$?; cat errors >&2; kill $reader; exit $code");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err()).contains("nobody takes the output").contains("events delivered");
    }

    @Test
    void shouldEndByInterruptAlsoInTheBackgroundOfAShell() {
        // Shells without job control have such commands ignore SIGINT.
        Finished finished = product.runAllInShell(product.plainCommandLine("run", "trace_open", "-o", "json")
                + " >events 2>errors & program=$!; until test -s events; do : </etc/hostname; done; "
                + "kill -INT $program; wait $program; code=$?; cat errors >&2; exit $code");

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.err()).contains("events delivered");
    }
}

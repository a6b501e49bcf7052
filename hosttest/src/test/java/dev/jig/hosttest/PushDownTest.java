// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.datasource.DataSource;
import dev.jig.gadget.Log;
import dev.jig.operators.ebpf.Buffers;
import dev.jig.runtime.Gadget;
import dev.jig.runtime.Gadgets;
import dev.jig.testing.HostTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters in the kernel let the same events pass as those in user space. */
@HostTest
class PushDownTest {
    private static final String FILTER = "operator.filter.filter-expr";
    private static final String PUSH_DOWN = "operator.oci.ebpf.pushdown";

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    /** A gadget that runs until it is closed, and the names of the files that it told of. */
    private static final class Running implements AutoCloseable {
        private final List<String> names = new CopyOnWriteArrayList<>();
        private final Gadget gadget;
        private final Thread thread;

        Running(Gadget gadget) {
            this.gadget = gadget;
            DataSource source = gadget.dataSource("open");
            var name = source.requireField("fname");
            var descriptor = source.requireField("fd");
            gadget.subscribe("open", record -> names.add(record.text(name) + " " + (record.number(descriptor) > 0)));
            thread = Thread.ofPlatform().start(() -> gadget.run(Duration.ZERO));
        }

        void await(String name) throws InterruptedException {
            while (!names.contains(name + " false")) {
                OpenCalls.open(name, OpenCalls.O_RDONLY, 0);
                Thread.sleep(5);
            }
        }

        @Override
        public void close() throws InterruptedException {
            gadget.stop();
            thread.join();
        }
    }

    private Gadget gadget(Buffers buffers, String filter, boolean pushDown) {
        return Gadgets.in(product.locations(), Log.NONE)
                .using(buffers)
                .open("trace_open", Map.of(FILTER, filter, PUSH_DOWN, String.valueOf(pushDown)));
    }

    @ParameterizedTest
    @EnumSource(Buffers.class)
    void shouldLetTheSameEventsPass(Buffers buffers) throws Exception {
        String filter = "proc.pid == " + ProcessHandle.current().pid()
                + " and (fname in [\"/jig-first\", \"/jig-last\", \"/etc/hostname\", \"/no\"] or fname startsWith \"/jig-a\" and"
                + " fname contains \"z\" or flags_raw == 1 and error != \"EACCES\" and not (error != \"ENOENT\" or mode_raw > 7))";
        try (Gadget inKernel = gadget(buffers, filter, true);
                Gadget later = gadget(buffers, filter, false)) {
            Running first = new Running(inKernel);
            Running second = new Running(later);
            first.await("/jig-first");
            second.await("/jig-first");
            openManyFiles();
            first.await("/jig-last");
            second.await("/jig-last");
            first.close();
            second.close();

            List<String> expected = between(second.names);
            assertThat(expected).hasSizeGreaterThan(100);
            assertThat(between(first.names)).isEqualTo(expected);
            assertThat(inKernel.count("open").delivered()).isEqualTo(first.names.size());
            assertThat(inKernel.count("open").lost()).isZero();
        }
    }

    private static void openManyFiles() {
        for (int i = 0; i < 100; i++) {
            OpenCalls.open("/etc/hostname", OpenCalls.O_RDONLY, 0);
            OpenCalls.open("/no", OpenCalls.O_RDONLY, 0);
            OpenCalls.open("/no" + i, OpenCalls.O_RDONLY, 0);
            OpenCalls.open("/jig-" + (char) ('a' + i % 3) + "/" + (char) ('a' + i % 26), OpenCalls.O_RDONLY, 0);
            OpenCalls.open("/jig-q" + i, i % 2, 0);
            OpenCalls.open("", OpenCalls.O_RDONLY, 0);
        }
    }

    /** What came between the signs, which each run waited for in its own time. */
    private static List<String> between(List<String> names) {
        return names.stream()
                .filter(name -> !name.startsWith("/jig-first") && !name.startsWith("/jig-last"))
                .toList();
    }

    @Test
    void shouldTellWhatRunsWhere() {
        Finished explained = product.run(
                "run",
                "trace_open",
                "--explain",
                "-o",
                "json",
                "--filter-expr",
                "(proc.comm in [\"cat\",\"ls\"] or proc.creds.uid==1000) and fname contains \"etc\"");

        JsonNode filter = Events.parse(explained.out()).get("filter");
        assertThat(Events.list(filter))
                .extracting(row ->
                        row.get("condition").asText() + ": " + row.get("where").asText())
                .containsExactly(
                        "proc.comm in [\"cat\", \"ls\"] or proc.creds.uid == 1000: kernel",
                        "fname contains \"etc\": user space");
        assertThat(filter.get(0).get("programs")).isNotEmpty();
    }

    @Test
    void shouldRefuseWrongFiltersBeforeAnythingIsLoaded() {
        Finished refused = product.run("run", "trace_open", "--filter", "fnam==x", "-t", "1");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("field \"fnam\" not found in datasource open; did you mean \"fname\"?");
    }

    @Test
    void shouldCountInPlaceOfShowing() throws Exception {
        try (Product.Running running = product.start(
                "run",
                "trace_open",
                "-o",
                "json",
                "-v",
                "--count-by",
                "fname",
                "--top",
                "1",
                "--count-interval",
                "100ms",
                "-F",
                "fname~^/jig-(sign|many)")) {
            running.awaitSign("/jig-sign", () -> OpenCalls.open("/jig-sign", OpenCalls.O_RDONLY, 0));
            for (int i = 0; i < 5000; i++) {
                OpenCalls.open("/jig-many", OpenCalls.O_RDONLY, 0);
            }
            running.awaitSign("/jig-many", () -> Thread.sleep(50));
            Finished finished = running.interrupt();
            JsonNode last = Events.parse(finished.out().lines().toList().getLast());
            assertThat(last.toString()).isEqualTo("[{\"count\":5000,\"fname\":\"/jig-many\",\"others\":false}]");
        }
    }
}

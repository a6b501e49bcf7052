// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jig.datasource.Record;
import dev.jig.gadget.Log;
import dev.jig.runtime.Gadget;
import dev.jig.runtime.Gadgets;
import dev.jig.testing.HostTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs and gadgets cost, beside what bpftool says. */
@HostTest
class BpfStatsTest {
    private static final int OPENS = 1000;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private static JsonNode bpftool(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("bpftool", "-j"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        JsonNode said = new ObjectMapper().readTree(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isZero();
        return said;
    }

    private static List<JsonNode> rows(Finished finished) {
        List<JsonNode> rows = new ArrayList<>();
        Events.parseLines(finished.out()).forEach(packet -> packet.forEach(rows::add));
        return rows;
    }

    @Test
    void shouldTellOfProgramsWhatBpftoolTells() throws Exception {
        List<JsonNode> rows;
        JsonNode programs;
        long pid;
        try (Product.Running tracer = product.start("run", "trace_open", "-o", "json")) {
            tracer.awaitSign("/etc/hostname", () -> OpenCalls.open("/etc/hostname", OpenCalls.O_RDONLY, 0));
            pid = tracer.process().pid();
            Finished finished;
            try (Product.Running running = product.start("run", "bpfstats", "--all", "-o", "json")) {
                running.awaitOutput("\"ig_openat_x\"");
                programs = bpftool("prog", "show");
                finished = running.interrupt();
            }
            tracer.interrupt();
            rows = rows(finished);
        }

        List<JsonNode> ours = Events.with(rows, "progName", "ig_openat_x");
        assertThat(ours).isNotEmpty();
        JsonNode row = ours.getFirst();
        Catalogue.checkFields("bpfstats", row);
        Catalogue.checkParams(product, "bpfstats");
        JsonNode program = Events.with(
                        programs.valueStream().toList(),
                        "id",
                        field(row, "progID").asText())
                .getFirst();
        assertThat(program.get("name").asText()).isEqualTo("ig_openat_x");
        assertThat(program.get("type").asText()).isEqualTo("tracepoint");
        assertThat(field(row, "progType").asText()).isEqualTo("TracePoint");
        assertThat(field(row, "mapCount").asInt())
                .isEqualTo(program.get("map_ids").size());
        assertThat(field(row, "comms").asText()).isEqualTo("java");
        assertThat(field(row, "pids").asText()).isEqualTo(String.valueOf(pid));
        assertThat(field(row, "gadgetImage").asText()).isEmpty();
    }

    @Test
    void shouldTellOfGadgetsOfTheSameProcess() throws Exception {
        Gadgets gadgets = Gadgets.in(product.locations(), Log.NONE);
        List<String> rows = new CopyOnWriteArrayList<>();
        try (Gadget tracer = gadgets.open("trace_open", Map.of());
                Gadget costs = gadgets.open("bpfstats", Map.of("operator.ebpf.statistics-interval", "200ms"))) {
            Thread tracing = Thread.ofPlatform().start(() -> tracer.run(Duration.ZERO));
            costs.subscribe("bpfstats", row -> rows.add(text(costs, row)));
            Thread counting = Thread.ofPlatform().start(() -> costs.run(Duration.ZERO));
            while (rows.isEmpty()) {
                Thread.sleep(10);
            }
            int seen = rows.size();
            for (int i = 0; i < OPENS; i++) {
                OpenCalls.open("/etc/hostname", OpenCalls.O_RDONLY, 0);
            }
            while (rows.size() < seen + 3) {
                Thread.sleep(10);
            }
            tracer.stop();
            tracing.join();
            long left = rows.size();
            Thread.sleep(500);
            // A look that was under way may still have seen it.
            assertThat(rows.size() - left).isLessThanOrEqualTo(1);
            costs.stop();
            counting.join();
        }
        long runs = 0;
        for (String row : rows) {
            String[] words = row.split(" ", -1);
            assertThat(words[0]).isEqualTo("trace_open:latest");
            assertThat(words[1]).isEqualTo("0");
            assertThat(Long.parseLong(words[3])).isPositive();
            assertThat(Long.parseLong(words[4])).isGreaterThan(4 << 20);
            runs += Long.parseLong(words[2]);
        }
        assertThat(runs).isGreaterThanOrEqualTo(OPENS);
    }

    private static String text(Gadget gadget, Record row) {
        List<String> values = new ArrayList<>();
        for (String name : List.of("gadgetImage", "progID", "runcount", "mapCount", "mapMemory")) {
            values.add(row.text(gadget.dataSource("bpfstats").field(name).orElseThrow()));
        }
        return String.join(" ", values);
    }

    @Test
    void shouldShowNineColumnsOfNothing() {
        Finished finished = product.run("run", "bpfstats", "--timeout", "1", "--statistics-interval", "200ms");
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.lines())
                .singleElement()
                .satisfies(header -> assertThat(header.strip().split(" +", -1))
                        .containsExactly(
                                "GADGETID",
                                "GADGETNAME",
                                "GADGETIMAGE",
                                "PROGID",
                                "PROGNAME",
                                "RUNTIME",
                                "RUNCOUNT",
                                "MAPMEMORY",
                                "MAPCOUNT"));
    }

    @Test
    void shouldHaveTheNewerFormWithCompat() {
        Finished finished = product.run(
                "--compat", "run", "bpfstats", "--timeout", "1", "--statistics-interval", "200ms", "-o", "json");
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        // At least the iterator that looks for holders is there.
        JsonNode row = rows(finished).getFirst();
        assertThat(new TreeSet<>(
                        row.properties().stream().map(Map.Entry::getKey).toList()))
                .containsExactly(
                        "comms",
                        "cpuTimeStr",
                        "cpuUsage",
                        "cpuUsageRelative",
                        "gadgetID",
                        "gadgetImage",
                        "gadgetName",
                        "mapCount",
                        "mapMemory",
                        "mapMemory_raw",
                        "pids",
                        "progID",
                        "progName",
                        "progType",
                        "runcount",
                        "runtime",
                        "runtime_raw");
        assertThat(row.get("runtime").isTextual()).isTrue();
        assertThat(row.get("runtime_raw").isNumber()).isTrue();
    }

    @Test
    void shouldHaveTheKernelCountNoLongerThanNeeded() throws Exception {
        try (Product.Running running = product.start("run", "bpfstats", "--all", "-o", "json")) {
            running.awaitOutput("progID");
            running.signal("KILL");
        }
        try (Product.Running tracer = product.start("run", "trace_open", "-o", "json")) {
            tracer.awaitSign("/etc/hostname", () -> OpenCalls.open("/etc/hostname", OpenCalls.O_RDONLY, 0));
            for (JsonNode program : bpftool("prog", "show")) {
                if (program.path("name").asText().equals("ig_openat_x")) {
                    assertThat(program.has("run_cnt")).isFalse();
                }
            }
            tracer.interrupt();
        }
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThat(product.run("run", "bpfstats", "--all", "--gadgets-only").err())
                .contains("--all and --gadgets-only exclude each other");
        for (String wrong : List.of("0", "-1s")) {
            assertThat(product.run("run", "bpfstats", "--statistics-interval=" + wrong)
                            .err())
                    .contains("--statistics-interval must be above 0, not " + wrong);
        }
        assertThat(product.run("run", "bpfstats", "--map-accounting", "none").err())
                .contains("none", "split", "upstream");
    }
}

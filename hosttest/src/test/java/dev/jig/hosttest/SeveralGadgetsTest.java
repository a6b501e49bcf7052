// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several gadgets in one command. */
@HostTest
class SeveralGadgetsTest {
    private static final int OPENS = 20_000;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private final String pid = String.valueOf(ProcessHandle.current().pid());

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private Finished run(String sign, String... words) throws Exception {
        try (Product.Running run = product.start(words)) {
            run.awaitSign(sign, () -> OpenCalls.open(sign, OpenCalls.O_RDONLY, 0));
            // They start one after the other.
            run.awaitSign("\"gadget\":\"trace_exec\"", () -> product.runAll(List.of("cat", "/etc/hostname")));
            Finished finished = run.interrupt();
            assertThat(finished.exitCode()).as(finished.err()).isZero();
            return finished;
        }
    }

    @Test
    void shouldTellWhatIsFromWhichGadget() throws Exception {
        String sign = folder.resolve("sign").toString();
        Finished finished = run(sign, "run", "trace_open", "trace_exec", "-o", "json", "--trace_open.pid", pid);
        List<JsonNode> events = Events.parseLines(finished.out());
        assertThat(Events.with(events, "gadget", "trace_open"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.at("/proc/pid").asText()).isEqualTo(pid));
        assertThat(Events.with(events, "gadget", "trace_exec"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.has("args")).isTrue());
        assertThat(finished.err())
                .containsPattern("trace_open/open: [1-9][0-9]* events delivered, 0 lost")
                .containsPattern("trace_exec/exec: [1-9][0-9]* events delivered, 0 lost")
                .containsOnlyOnce("no container runtime is connected");
    }

    @Test
    void shouldShowATableWithTheGadgetFirst() throws Exception {
        Finished finished = product.run("run", "snapshot_process", "snapshot_process", "--fields", "+uid,-pid");
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.lines().getFirst()).startsWith("GADGET");
        assertThat(finished.out()).contains("\nsnapshot_process ", "\nsnapshot_process-2 ");
    }

    @Test
    void shouldPutTwoCopiesOfAStormIntoTheOrderOfTime() throws Exception {
        String sign = folder.resolve("sign").toString();
        try (Product.Running run = product.start(
                "run", "trace_open", "trace_open", "--merge", "-o", "json", "--pid", pid, "--buffer-size=64M")) {
            run.awaitSign("\"gadget\":\"trace_open-2\"", () -> OpenCalls.open(sign, OpenCalls.O_RDONLY, 0));
            String target = folder.resolve("storm").toString();
            for (int i = 0; i < OPENS; i++) {
                OpenCalls.open(target, OpenCalls.O_RDONLY, 0);
            }
            Finished finished = run.interrupt();
            assertThat(finished.exitCode()).as(finished.err()).isZero();
            List<JsonNode> events = Events.parseLines(finished.out());
            List<JsonNode> storm = Events.with(events, "fname", target);
            for (String gadget : List.of("trace_open", "trace_open-2")) {
                assertThat(Events.with(storm, "gadget", gadget).size())
                        .as(finished.err())
                        .isEqualTo(OPENS);
            }
            long before = 0;
            for (JsonNode event : events) {
                long time = event.get("timestamp_raw").asLong();
                if (!event.has("late")) {
                    // Each gadget has a clock of its own that tells the time of day.
                    assertThat(time).isGreaterThan(before - 1_000_000);
                    before = time;
                }
            }
        }
    }

    @Test
    void shouldTellMistakesBeforeAnythingRuns() {
        assertThat(product.run("run", "trace_open", "trace_exec", "--trace_exec.comn", "x")
                        .err())
                .isEqualTo("Error: unknown flag: --trace_exec.comn (did you mean --trace_exec.comm?)\n");
        assertThat(product.run("run", "trace_open", "trace_exec", "--fields", "nothing:comm")
                        .err())
                .contains("Error: fields are chosen of a data source \"nothing\" that does not exist\n");
        assertThat(product.run("run", "trace_open", "nothing_like_this").exitCode())
                .isEqualTo(1);
        assertThat(product.run("run", "trace_open", "trace_exec", "--fields", "fname")
                        .err())
                .contains("Error: ");
    }

    @Test
    void shouldPassOverAWordBehindASwitch() {
        Finished finished = product.run("run", "snapshot_process", "--host", "true", "--fields", "comm");
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.lines().getFirst()).startsWith("COMM");
        assertThat(finished.err()).contains("\\\"true\\\" behind --host is ignored");
    }

    @Test
    void shouldTakeAWordBehindASwitchForAGadget() {
        Finished finished = product.run("run", "snapshot_process", "--host", "snapshot_file", "-o", "json");
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.err()).contains("snapshot_process/", "snapshot_file/");
    }

    @Test
    void shouldDescribeAndExplainAll() {
        assertThat(product.run("run", "trace_open", "trace_exec", "--help").out())
                .contains("\"open\" (data source):", "\"exec\" (data source):", "--ignore-failed", "--failed");
        assertThat(product.run("run", "trace_open", "trace_exec", "--explain").out())
                .contains("== trace_open\n", "== trace_exec\n");
    }
}

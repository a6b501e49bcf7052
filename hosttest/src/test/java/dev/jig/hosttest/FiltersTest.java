// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filters that every gadget has, applied in the kernel. */
@HostTest
class FiltersTest {
    private static final int NOBODY = 65534;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    /** The events of a run during which root, nobody, {@code cat} and {@code head} open files. */
    private List<JsonNode> traced(Product.ThrowingAction sign, String filter, String value) throws Exception {
        try (Product.Running running = product.start("run", "trace_open", "-o", "json", filter, value)) {
            running.awaitSign("jig-sign", sign);
            openAsOthers();
            running.awaitSign("jig-last", () -> {
                sign.run();
                open("cat", "/jig-last");
                openAsNobody("/jig-last");
                OpenCalls.open("/jig-last", OpenCalls.O_RDONLY, 0);
            });
            return Events.parseLines(running.interrupt().out());
        }
    }

    private void openAsOthers() {
        open("head", "/jig-other");
        open("cat", "/jig-other");
        openAsNobody("/jig-other");
        OpenCalls.open("/jig-other", OpenCalls.O_RDONLY, 0);
    }

    private void open(String program, String file) {
        product.runAll(List.of(program, file));
    }

    private void openAsNobody(String file) {
        product.runAll(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "/bin/cat", file));
    }

    @Test
    void shouldShowOneProcessOnly() throws Exception {
        String pid = String.valueOf(ProcessHandle.current().pid());

        List<JsonNode> events = traced(() -> OpenCalls.open("/jig-sign", OpenCalls.O_RDONLY, 0), "--pid", pid);

        assertThat(events)
                .isNotEmpty()
                .allSatisfy(
                        event -> assertThat(field(event, "proc.pid").asText()).isEqualTo(pid));
        assertThat(Events.with(events, "fname", "/jig-other")).hasSize(1);
    }

    @Test
    void shouldShowOneThreadOnly() throws Exception {
        String tid = String.valueOf(OpenCalls.threadId());

        List<JsonNode> events = traced(() -> OpenCalls.open("/jig-sign", OpenCalls.O_RDONLY, 0), "--tid", tid);

        assertThat(events)
                .isNotEmpty()
                .allSatisfy(
                        event -> assertThat(field(event, "proc.tid").asText()).isEqualTo(tid));
    }

    @Test
    void shouldShowOneUserOnly() throws Exception {
        List<JsonNode> events = traced(() -> openAsNobody("/jig-sign"), "--uid", String.valueOf(NOBODY));

        assertThat(events)
                .isNotEmpty()
                .allSatisfy(event ->
                        assertThat(field(event, "proc.creds.uid").asInt()).isEqualTo(NOBODY));
        assertThat(Events.with(events, "fname", "/jig-other")).hasSize(1);
    }

    @Test
    void shouldShowOneGroupOnly() throws Exception {
        List<JsonNode> events = traced(() -> openAsNobody("/jig-sign"), "--gid", String.valueOf(NOBODY));

        assertThat(events)
                .isNotEmpty()
                .allSatisfy(event ->
                        assertThat(field(event, "proc.creds.gid").asInt()).isEqualTo(NOBODY));
    }

    @Test
    void shouldShowProgramsOfOneNameOnly() throws Exception {
        List<JsonNode> events = traced(() -> open("cat", "/jig-sign"), "--comm", "cat");

        assertThat(events)
                .isNotEmpty()
                .allSatisfy(
                        event -> assertThat(field(event, "proc.comm").asText()).isEqualTo("cat"));
        assertThat(Events.with(events, "fname", "/jig-other")).hasSize(2);
    }
}

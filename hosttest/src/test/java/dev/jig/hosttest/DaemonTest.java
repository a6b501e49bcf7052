// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ig daemon} and {@code gadgetctl}, as users start them. */
@HostTest
class DaemonTest {
    private static final int INSTANCES = 20;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private final List<Product.Running> daemons = new ArrayList<>();
    private final String pid = String.valueOf(ProcessHandle.current().pid());

    @BeforeEach
    void start() throws Exception {
        product = Product.in(folder);
        startDaemon();
    }

    private void startDaemon() throws Exception {
        daemons.add(product.startDaemon());
    }

    @AfterEach
    void end() throws Exception {
        for (Product.Running daemon : daemons) {
            if (daemon.process().isAlive()) {
                daemon.signal("TERM");
                daemon.await(20);
            }
        }
    }

    private Finished client(String... words) {
        Finished finished = product.askDaemon(words);
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        return finished;
    }

    private String install(String name, String... words) {
        List<String> all = new ArrayList<>(List.of("run", "--name", name));
        all.addAll(List.of(words));
        all.add("--detach");
        String said = client(all.toArray(String[]::new)).err();
        assertThat(said).containsPattern("level=info msg=\"installed as \\\\\"[0-9a-f]{32}\\\\\"\"");
        int start = said.indexOf("installed as \\\"") + "installed as \\\"".length();
        return said.substring(start, start + 32);
    }

    @Test
    void shouldDoWhatTheDocumentationOfTheDaemonSays() throws Exception {
        String open = install("mytraceopen", "trace_open", "--pid", pid);
        String exec = install("mytraceexec", "trace_exec");
        assertThat(client("list").out())
                .startsWith("ID           NAME ")
                .contains(open.substring(0, 12) + " mytraceopen ")
                .contains("trace_exec       Running");
        String sign = folder.resolve("sign").toString();
        try (Product.Running attached = product.startClient("attach", "mytraceopen", "-o", "json")) {
            attached.awaitSign(sign, () -> OpenCalls.open(sign, OpenCalls.O_RDONLY, 0));
            assertThat(attached.interrupt().exitCode()).isZero();
        }
        // What happened before is shown, too.
        try (Product.Running later = product.startClient("attach", open.substring(0, 8), "-o", "json")) {
            later.awaitOutput(sign);
            later.interrupt();
        }
        assertThat(client("show", "mytraceopen").out())
                .contains("ID: \"" + open + "\"\n")
                .contains("    operator.oci.ebpf.pid: \"" + pid + "\"\n")
                .contains("Status: \"Running\"")
                .contains("      Starts: 1\n", "        - Name: \"open\"\n          Events: ", "          Lost: 0\n")
                .containsPattern(
                        "Cost:\n        Programs: [1-9][0-9]*\n        Maps: [1-9][0-9]*\n        MapMemory: [1-9]")
                .containsPattern("        Processor: \"[0-9]+\\.[0-9]{2}%\"\n");
        assertThat(client("remove", "mytraceexec", "mytraceopen").out()).isEqualTo(exec + "\n" + open + "\n");
        assertThat(client("list").lines()).hasSize(1);
    }

    @Test
    void shouldSayWhatIsInstalledOnATerminal() throws Exception {
        String command = "script -qec '" + Machine.sourceTree().resolve("gadgetctl")
                + " run trace_open --detach --remote-address " + product.daemonAddress() + "' /dev/null";
        Finished finished = product.runAllInShell(command);
        String plain = finished.out().replaceAll("\u001b\\[[0-9]*m", "");
        assertThat(plain).containsPattern("INFO\\[0000\\] installed as \"[0-9a-f]{32}\"");
    }

    @Test
    void shouldShowTheSameAsALocalRun() throws Exception {
        JsonNode local;
        try (Product.Running run = product.start("run", "trace_open", "-o", "json", "--pid", pid)) {
            local = opened(run);
        }
        for (String form : List.of("--batch=true", "--batch=false")) {
            try (Product.Running run = product.startClient("run", "trace_open", "-o", "json", "--pid", pid, form)) {
                JsonNode remote = opened(run);
                for (String name : List.of("error", "error_raw", "flags", "fname", "mode", "proc")) {
                    assertThat(remote.get(name)).as(name).isEqualTo(local.get(name));
                }
                assertThat(remote.size()).isEqualTo(local.size());
            }
        }
    }

    private JsonNode opened(Product.Running run) throws Exception {
        String missing = folder.resolve("missing").toString();
        run.awaitSign(missing, () -> OpenCalls.open(missing, OpenCalls.O_RDONLY, 0));
        Finished finished = run.interrupt();
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        return Events.with(Events.parseLines(finished.out()), "fname", missing).getFirst();
    }

    @Test
    void shouldShowColumnsArraysAndWhatEndsByItself() {
        assertThat(client("run", "snapshot_process", "--fields", "comm,pid").lines())
                .hasSizeGreaterThan(2)
                .first()
                .asString()
                .startsWith("COMM");
        Finished table = client("run", "top_process", "-o", "json", "-t", "3");
        assertThat(Events.elements(table)).isNotEmpty();
        assertThat(client("run", "trace_open", "--help").out()).contains("--comm string", "--pid uint32");
    }

    @Test
    void shouldTellMistakesBeforeAnythingRuns() {
        assertThat(product.askDaemon("run", "nothing_like_this").err())
                .startsWith("Error: rpc error: code = Unknown desc = ")
                .contains("ensuring image");
        assertThat(product.askDaemon("run", "trace_open", "--pid", "many").err())
                .contains("invalid argument \"many\" for \"--pid\" flag");
        assertThat(product.askDaemon("run", "trace_open", "--fields", "nothing").exitCode())
                .isEqualTo(1);
        assertThat(product.askDaemon("attach", "nobody").err()).isEqualTo("Error: gadget instance not found\n");
        assertThat(product.askDaemon("show", "nobody").err()).isEqualTo("Error: instance \"nobody\" not found\n");
        Finished deleted = product.askDaemon("delete", "nobody");
        assertThat(deleted.err()).isEqualTo("not found names/ids: nobody\n");
        assertThat(deleted.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldSayThatNoDaemonIsThere() throws Exception {
        daemons.getFirst().signal("TERM");
        assertThat(daemons.getFirst().await(20).exitCode()).isZero();
        Finished finished = product.askDaemon("run", "trace_open");
        assertThat(finished.err().lines()).hasSize(1);
        assertThat(finished.err())
                .isEqualTo("Error: no daemon can be reached at " + product.daemonAddress()
                        + ": there is no such socket (start one with \"ig daemon\")\n");
        assertThat(finished.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldTellClientsThatTheDaemonEnds() throws Exception {
        String sign = folder.resolve("sign").toString();
        try (Product.Running run = product.startClient("run", "trace_open", "-o", "json", "--pid", pid)) {
            run.awaitSign(sign, () -> OpenCalls.open(sign, OpenCalls.O_RDONLY, 0));
            daemons.getFirst().signal("TERM");
            Finished finished = run.await(20);
            assertThat(finished.err()).contains("the daemon is shutting down");
            assertThat(finished.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void shouldBringAllInstancesBackAfterItWasKilled() throws Exception {
        Requirement.check(Machine.hasCommand("bpftool"), "no bpftool");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            ids.add(install("n" + i, "trace_open", "--pid", pid));
        }
        Set<String> programs = new TreeSet<>(programsOf(daemons.getFirst()));
        assertThat(programs).hasSizeGreaterThanOrEqualTo(INSTANCES);
        daemons.getFirst().signal("KILL");
        daemons.getFirst().process().waitFor();
        startDaemon();
        List<JsonNode> listed = new ArrayList<>();
        Events.parse(client("list", "-o", "json").out()).forEach(listed::add);
        assertThat(listed)
                .hasSize(INSTANCES)
                .allSatisfy(
                        instance -> assertThat(instance.get("status").asText()).isEqualTo("Running"));
        assertThat(listed).extracting(instance -> instance.get("id").asText()).containsExactlyInAnyOrderElementsOf(ids);
        String sign = folder.resolve("sign").toString();
        try (Product.Running attached = product.startClient("attach", "n19", "-o", "json")) {
            attached.awaitSign(sign, () -> OpenCalls.open(sign, OpenCalls.O_RDONLY, 0));
            attached.interrupt();
        }
        programs.addAll(programsOf(daemons.getLast()));
        daemons.getLast().signal("TERM");
        daemons.getLast().await(20);
        assertThat(programsInKernel()).doesNotContainAnyElementsOf(programs);
        assertThat(Files.exists(folder.resolve("instances"))).isTrue();
    }

    /** Numbers of the programs that a process holds, by themselves or by links. */
    private static Set<String> programsOf(Product.Running daemon) throws IOException {
        Set<String> found = new TreeSet<>();
        Path folder = Path.of("/proc", String.valueOf(daemon.process().pid()), "fdinfo");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                found.addAll(programsIn(file));
            }
        }
        return found;
    }

    private static List<String> programsIn(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("prog_id:"))
                    .map(line -> line.substring("prog_id:".length()).strip())
                    .toList();
        } catch (IOException | UncheckedIOException closedMeanwhile) {
            return List.of();
        }
    }

    private Set<String> programsInKernel() {
        Set<String> found = new TreeSet<>();
        for (JsonNode program : Events.list(Events.parse(
                product.runAll(List.of("bpftool", "prog", "show", "-j")).out()))) {
            found.add(program.get("id").asText());
        }
        return found;
    }

    @Test
    void shouldDoWhatManifestsSay() throws Exception {
        Path file = folder.resolve("manifest.yaml");
        String first = "apiVersion: 1\nkind: instance-spec\nimage: trace_open\nname: one\nparamValues:\n"
                + "  operator.oci.ebpf.pid: " + pid + "\n";
        Files.writeString(file, first + "---\napiVersion: 1\nkind: instance-spec\nimage: trace_exec\nname: two\n");
        assertThat(client("run", "-f", file.toString(), "--detach").err().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("installed as"));
        assertThat(client("list").lines()).hasSize(3);
        // What is as it should be is left alone; what is not is replaced.
        Files.writeString(file, first.replace("trace_open", "trace_open:latest"));
        assertThat(client("run", "-f", file.toString(), "--detach").err()).contains("replaced: ", "installed as");
        assertThat(client("run", "-f", file.toString(), "--detach").err()).contains("unchanged: ");
        assertThat(client("list").lines()).hasSize(3);
    }
}

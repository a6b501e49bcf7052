// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ig run --record} and {@code ig replay}, as users have them. */
@HostTest
class RecordingTest {
    private static final int STORM = 100_000;
    private static final String COMM = "jig-storm";

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private String file = "";
    private final String pid = String.valueOf(ProcessHandle.current().pid());

    @BeforeEach
    void find() {
        product = Product.in(folder);
        file = folder.resolve("run.jig").toString();
    }

    private Finished replay(String... words) {
        String[] all = new String[words.length + 4];
        all[0] = "replay";
        all[1] = file;
        all[2] = "--speed";
        all[3] = "0";
        System.arraycopy(words, 0, all, 4, words.length);
        return product.run(all);
    }

    @Test
    void shouldReplayAStormToTheByte() throws Exception {
        Finished[] live = new Finished[1];
        Thread storm = Thread.ofPlatform().start(() -> live[0] = recordStorm());
        storm.join();

        Finished replayed = replay("-o", "json");

        assertThat(live[0].err()).contains(" events delivered, 0 lost");
        assertThat(live[0].lines().size()).isGreaterThan(STORM);
        assertThat(replayed.exitCode()).isZero();
        assertThat(replayed.out()).isEqualTo(live[0].out());
        assertThat(replayed.err()).isEqualTo(live[0].err().lines().toList().getLast() + "\n");
        assertThat(Files.size(Path.of(file))).isLessThan(live[0].out().length() / 10);
    }

    private Finished recordStorm() {
        try (Product.Running running = product.start(
                "run", "trace_open", "-o", "json", "--comm", COMM, "--buffer-size=256M", "--record", file)) {
            OpenCalls.setThreadName(COMM);
            running.awaitSign("/jig-sign", () -> OpenCalls.storm("/jig-sign", 1));
            OpenCalls.storm("/jig-storm-target", STORM);
            return running.interrupt();
        } catch (Exception wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** Records one run of a gadget that watches this process, in which a file of a name is opened. */
    private Finished recordOpens(String... further) throws Exception {
        String[] words = new String[further.length + 8];
        System.arraycopy(
                new String[] {"run", "trace_open", "-o", "json", "--pid", pid, "--record", file}, 0, words, 0, 8);
        System.arraycopy(further, 0, words, 8, further.length);
        try (Product.Running running = product.start(words)) {
            running.awaitSign("/jig-sign", () -> OpenCalls.storm("/jig-sign", 1));
            return running.interrupt();
        }
    }

    @Test
    void shouldReplayForAnotherUserWithOtherFlags() throws Exception {
        Finished live = recordOpens();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-r--r--"));

        Finished replayed = product.runAsNobody("replay", file, "--speed", "0", "-o", "json");
        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
        assertThat(replayed.out()).isEqualTo(live.out());

        Finished columns = product.runAsNobody("replay", file, "--speed", "100", "--fields", "fname,error");
        assertThat(columns.lines().getFirst().split(" +")).containsExactly("FNAME", "ERROR");
        assertThat(columns.lines())
                .anySatisfy(line -> assertThat(line.split(" +")).containsExactly("/jig-sign", "ENOENT"));
        Finished wrong = product.runAsNobody("replay", file, "--fields", "fnme");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("\"fnme\"");
    }

    @Test
    void shouldReplayWhatWasWrittenBeforeAViolentEnd() throws Exception {
        Finished killed;
        try (Product.Running running =
                product.start("run", "trace_open", "-o", "json", "--pid", pid, "--record", file)) {
            running.awaitSign("/jig-sign", () -> OpenCalls.storm("/jig-sign", 1));
            long before = Files.size(Path.of(file));
            while (Files.size(Path.of(file)) == before) {
                OpenCalls.storm("/jig-later", 1);
                Thread.sleep(20);
            }
            running.signal("KILL");
            killed = running.await(20);
        }

        Finished replayed = replay("-o", "json");

        assertThat(replayed.exitCode()).isZero();
        assertThat(replayed.err()).contains("level=warning msg=\"" + file + ": the recording was not ended in order");
        assertThat(replayed.lines()).isNotEmpty();
        assertThat(killed.out()).startsWith(replayed.out());
    }

    @Test
    void shouldSayWhatIsInARecording() throws Exception {
        recordOpens();

        Finished text = product.run("replay", "--stats", file);
        assertThat(text.out())
                .containsPattern("(?m)^Gadget: +trace_open \\(sha256:[0-9a-f]{64}\\)$")
                .contains("operator.oci.ebpf.pid=" + pid)
                .containsPattern("(?m)^Source: +open: [1-9][0-9]* records, [1-9][0-9]* bytes, 0 lost when recorded$")
                .containsPattern("(?m)^Ended: +in order$")
                .doesNotContain(file);
        Finished json = product.run("replay", "--stats", file, "-o", "json");
        assertThat(Events.parse(json.out()).at("/sources/0/name").asText()).isEqualTo("open");
    }

    @Test
    void shouldRefuseToReplaceAFileUnlessAsked() throws Exception {
        Files.writeString(Path.of(file), "precious");

        Finished refused = product.run("run", "trace_open", "--record", file, "-t", "1");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("the file exists already (--record-overwrite replaces it)");
        assertThat(Path.of(file)).hasContent("precious");
        assertThat(replay().err()).isEqualTo("Error: " + file + " is not a recording of ig run --record\n");

        recordOpens("--record-overwrite");
        assertThat(replay("-o", "json").out()).contains("/jig-sign");
    }

    @Test
    void shouldGoOnWhenTheDiskIsFull() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        mount("mount -t tmpfs -o size=16k none " + disk);
        try {
            file = disk.resolve("run.jig").toString();
            Finished live;
            try (Product.Running running =
                    product.start("run", "trace_open", "-o", "json", "--pid", pid, "--record", file)) {
                running.awaitSign("/jig-sign", () -> OpenCalls.storm("/jig-sign", 1));
                while (!Files.readString(running.err()).contains("No space left on device")) {
                    for (int i = 0; i < 1000; i++) {
                        OpenCalls.storm("/jig-" + Math.random(), 1);
                    }
                }
                running.awaitSign("/jig-after", () -> OpenCalls.storm("/jig-after", 1));
                live = running.interrupt();
            }
            assertThat(live.exitCode()).isEqualTo(1);
            assertThat(live.err()).contains("the gadget goes on without").contains(" events delivered");
            Finished replayed = replay("-o", "json");
            assertThat(replayed.exitCode()).isZero();
            assertThat(live.out()).startsWith(replayed.out());
            assertThat(replayed.err()).contains("was not ended in order");
        } finally {
            mount("umount " + disk);
        }
    }

    private void mount(String command) {
        Finished done = product.runAllInShell(command);
        assertThat(done.exitCode()).as(done.err()).isZero();
    }

    @Test
    void shouldReplayArrays() {
        Finished live = product.run("run", "snapshot_process", "-o", "json", "--record", file);

        assertThat(live.out()).contains("\"pid\":" + pid);
        assertThat(replay("-o", "json").out()).isEqualTo(live.out());
        assertThat(replay("-o", "yaml").out()).contains("pid: " + pid);
    }

    @Test
    void shouldRecordAtTheClient() throws Exception {
        Product.Running daemon = product.startDaemon();
        Finished live;
        try (Product.Running client =
                product.startClient("run", "trace_open", "-o", "json", "--pid", pid, "--record", file)) {
            client.awaitSign("/jig-sign", () -> OpenCalls.storm("/jig-sign", 1));
            live = client.interrupt();
        } finally {
            daemon.signal("TERM");
            daemon.await(20);
        }

        assertThat(live.exitCode()).isZero();
        assertThat(replay("-o", "json").out()).isEqualTo(live.out());
        assertThat(product.askDaemon("run", "trace_open", "--detach", "--record", file)
                        .err())
                .contains("it cannot be combined with --detach");
    }

    @Test
    void shouldRecordInTheDaemonsFolderOnly() throws Exception {
        Path recordings = Files.createDirectory(folder.resolve("recordings"));
        Path settings = folder.resolve("settings.yaml");
        Files.writeString(settings, "operator: {recording: {directory: " + recordings + "}}\n");
        Product.Running daemon = product.startDaemon("--config", settings.toString());
        Finished live;
        try (Product.Running client =
                product.startClient("run", "trace_open", "-o", "json", "--pid", pid, "--record-on-server", "run.jig")) {
            client.awaitSign("/jig-sign", () -> OpenCalls.storm("/jig-sign", 1));
            live = client.interrupt();
            assertThat(product.askDaemon("run", "trace_open", "--record-on-server", "../run.jig", "-t", "1")
                            .err())
                    .contains("cannot name a recording");
        } finally {
            daemon.signal("TERM");
            daemon.await(20);
        }

        file = recordings.resolve("run.jig").toString();
        assertThat(replay("-o", "json").out()).isEqualTo(live.out());
    }

    @Test
    void shouldRecordEachOfSeveralGadgets() throws Exception {
        Finished live = product.run("run", "snapshot_process", "snapshot_file", "-o", "none", "--record", file);

        assertThat(live.exitCode()).as(live.err()).isZero();
        file = folder.resolve("run.snapshot_process.jig").toString();
        assertThat(replay("-o", "json").out()).contains("\"pid\":" + pid);
        file = folder.resolve("run.snapshot_file.jig").toString();
        assertThat(replay("-o", "json").exitCode()).isZero();
    }

    @Test
    void shouldHelp() throws IOException {
        Finished none = product.run("replay");
        assertThat(none.exitCode()).isZero();
        assertThat(none.out())
                .contains("ig replay FILE [flags]")
                .contains("--speed")
                .contains("--stats");
        Finished missing = product.run("replay", folder.resolve("missing").toString());
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err())
                .isEqualTo("Error: reading recording " + folder.resolve("missing") + ": no such file or folder\n");
    }
}

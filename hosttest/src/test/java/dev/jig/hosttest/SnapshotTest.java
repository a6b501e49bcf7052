// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gadgets that tell what there is, against what {@code /proc} and this process know. */
@HostTest
class SnapshotTest {
    private static final int LISTENING = 10;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private final long pid = ProcessHandle.current().pid();

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private List<JsonNode> snapshot(String gadget, String... flags) {
        List<String> words = new ArrayList<>(List.of("run", gadget, "-o", "json"));
        words.addAll(List.of(flags));
        Finished finished = product.run(words.toArray(String[]::new));
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        List<JsonNode> elements = new ArrayList<>();
        for (JsonNode array : Events.parseLines(finished.out())) {
            array.forEach(elements::add);
        }
        return elements;
    }

    private static List<Integer> numbers(List<JsonNode> elements, String name) {
        return elements.stream().map(element -> field(element, name).asInt()).toList();
    }

    @Test
    void shouldTellAProcessAsProcDoes() throws IOException {
        List<JsonNode> found = snapshot("snapshot_process", "--pid", String.valueOf(pid));

        assertThat(found).hasSize(1);
        JsonNode process = found.getFirst();
        Path proc = Path.of("/proc/self");
        assertThat(field(process, "comm").asText())
                .isEqualTo(Files.readString(proc.resolve("comm")).strip());
        assertThat(field(process, "tid").asLong()).isEqualTo(pid);
        assertThat(field(process, "parent.pid").asLong())
                .isEqualTo(ProcessHandle.current().parent().orElseThrow().pid());
        assertThat("mnt:[" + field(process, "mntns_id").asText() + "]")
                .isEqualTo(Files.readSymbolicLink(proc.resolve("ns/mnt")).toString());
        assertThat(field(process, "creds.user").asText()).isEqualTo("root");
    }

    @Test
    void shouldTellProcessesOnlyUnlessAskedForThreads() throws IOException {
        List<JsonNode> processes = snapshot("snapshot_process");
        List<JsonNode> threads = snapshot("snapshot_process", "--threads", "--pid", String.valueOf(pid));

        assertThat(numbers(processes, "pid")).contains((int) pid).isEqualTo(numbers(processes, "tid"));
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            List<Integer> stillThere = tasks.map(
                            task -> Integer.valueOf(task.getFileName().toString()))
                    .toList();
            List<Integer> told = new ArrayList<>(numbers(threads, "tid"));
            told.retainAll(stillThere);
            assertThat(told).hasSizeGreaterThan(5).contains((int) pid);
        }
    }

    @Test
    void shouldTellOpenFiles() throws IOException {
        Path file = folder.resolve("open-file");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(channel.isOpen()).isTrue();
            List<JsonNode> whole = snapshot("snapshot_file", "--paths", "--pid", String.valueOf(pid));
            List<JsonNode> names = snapshot("snapshot_file", "--pid", String.valueOf(pid));

            JsonNode told =
                    Events.with(whole, "path", file.toRealPath().toString()).getFirst();
            assertThat(field(told, "type").asText()).isEqualTo("REGULAR");
            assertThat(field(told, "flags").asText()).contains("O_WRONLY");
            assertThat(field(told, "inode").asText())
                    .isEqualTo(Files.getAttribute(file, "unix:ino").toString());
            assertThat(Files.readSymbolicLink(
                            Path.of("/proc/self/fd/" + field(told, "fd").asInt())))
                    .isEqualTo(file.toRealPath());
            assertThat(Events.with(names, "path", "open-file")).isNotEmpty();
        }
    }

    @Test
    void shouldTellOnlyTheKindsOfFilesThatAreAskedFor() {
        List<JsonNode> devices = snapshot("snapshot_file", "--type-mask", "32", "--pid", String.valueOf(pid));

        assertThat(devices)
                .isNotEmpty()
                .allSatisfy(device -> assertThat(field(device, "type").asText()).isEqualTo("CHAR_DEV"));
    }

    @Test
    void shouldTellSockets() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket tcp = new ServerSocket(0, 1, loopback);
                DatagramSocket udp = new DatagramSocket(0, loopback)) {
            List<JsonNode> sockets = snapshot("snapshot_socket");

            JsonNode listener = Events.with(sockets, "src.port", String.valueOf(tcp.getLocalPort()))
                    .getFirst();
            assertThat(field(listener, "state").asInt()).isEqualTo(LISTENING);
            assertThat(field(listener, "src.proto").asText()).isEqualTo("TCP");
            assertThat("net:[" + field(listener, "netns_id").asText() + "]")
                    .isEqualTo(
                            Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
            JsonNode datagrams = Events.with(sockets, "src.port", String.valueOf(udp.getLocalPort()))
                    .getFirst();
            assertThat(field(datagrams, "src.proto").asText()).isEqualTo("UDP");
        }
    }

    @Test
    void shouldTellSocketsOfOtherNetworkNamespaces() {
        Finished finished = product.runAllInShell("unshare -n sh -c 'ip link set lo up; exec sleep 50' & other=$!; "
                + "until [ \"$(readlink /proc/$other/ns/net)\" != \"$(readlink /proc/self/ns/net)\" ]; do :; done; "
                + "nsenter -t $other -n python3 -c \"import socket, time; s = socket.socket(); s.bind(('127.0.0.1', 7654)); "
                + "s.listen(); print('listening', flush=True); time.sleep(50)\" >ready & listener=$!; "
                + "until test -s ready; do :; done; "
                + product.commandLine("run", "snapshot_socket", "-o", "json") + "; kill $listener $other");

        List<JsonNode> sockets = new ArrayList<>();
        Events.parseLines(finished.out()).forEach(array -> array.forEach(sockets::add));
        assertThat(Events.with(sockets, "src.port", "7654")).isNotEmpty();
    }

    @Test
    void shouldWaitInTheOldWay() throws Exception {
        try (Product.Running running = product.start("run", "snapshot_process", "-o", "json", "--compat", "--host")) {
            running.awaitOutput("]");
            assertThat(running.process().isAlive()).isTrue();
            assertThat(running.interrupt().exitCode()).isZero();
        }
    }
}

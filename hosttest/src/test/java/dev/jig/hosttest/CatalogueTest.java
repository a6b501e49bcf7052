// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.gadget.Log;
import dev.jig.runtime.Gadget;
import dev.jig.runtime.Gadgets;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gadgets that have alternatives, against what this test does itself, and against the catalogue's fields and params ({@code catalogue.txt}). */
@HostTest
class CatalogueTest {
    private static final int BYTES = 12_345;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private final String pid = String.valueOf(ProcessHandle.current().pid());

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    static List<String> gadgets() throws IOException {
        return Catalogue.gadgets();
    }

    @ParameterizedTest
    @MethodSource("gadgets")
    void shouldHaveTheFieldsAndDefaultsOfTheCatalogue(String name) throws IOException {
        try (Gadget gadget = Gadgets.in(product.locations(), Log.NONE).open(name, Map.of())) {
            assertThat(Catalogue.fields(name, gadget)).containsExactlyEntriesOf(Catalogue.fields(name));
            assertThat(Catalogue.params(name, gadget)).containsExactlyEntriesOf(Catalogue.params(name));
        }
    }

    private static long sum(List<JsonNode> elements, String name) {
        return elements.stream()
                .mapToLong(element -> field(element, name).asLong())
                .sum();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void shouldCountWhatIsWrittenToFiles() throws Exception {
        Path written = folder.resolve("written");
        Finished finished;
        long writer;
        try (Product.Running running =
                product.start("run", "top_file", "-o", "json", "--map-fetch-interval", "200ms")) {
            running.awaitSign(folder.resolve("sign").toString(), () -> write(folder.resolve("sign")));
            writer = write(written);
            running.awaitOutput(written.toString());
            Files.writeString(folder.resolve("last"), "last");
            running.awaitOutput(folder.resolve("last").toString());
            finished = running.interrupt();
        }
        List<JsonNode> rows = Events.with(
                Events.with(Events.elements(finished), "file", written.toString()), "proc.pid", String.valueOf(writer));

        assertThat(sum(rows, "writes")).isEqualTo(7);
        assertThat(sum(rows, "wbytes_raw")).isEqualTo(7000);
        assertThat(sum(rows, "reads")).isZero();
        JsonNode row = rows.getFirst();
        assertThat(field(row, "t").asText()).isEqualTo("R");
        assertThat(field(row, "proc.comm").asText()).isEqualTo("dd");
        assertThat(field(row, "inode").asLong())
                .isEqualTo(((Number) Files.getAttribute(written, "unix:ino")).longValue());
        Catalogue.checkFields("top_file", row);
        Catalogue.checkParams(product, "top_file");
    }

    private static long write(Path file) throws Exception {
        Process process = new ProcessBuilder("dd", "if=/dev/zero", "of=" + file, "bs=1000", "count=7")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        return process.pid();
    }

    @Test
    void shouldTellBinds() throws Exception {
        Finished finished;
        int port4;
        int port6;
        try (Product.Running running =
                        product.start("run", "trace_bind", "-o", "json", "--pid", pid, "--ignore-errors=false");
                ServerSocketChannel first = ServerSocketChannel.open(StandardProtocolFamily.INET);
                ServerSocketChannel second = ServerSocketChannel.open(StandardProtocolFamily.INET);
                DatagramChannel third = DatagramChannel.open(StandardProtocolFamily.INET6)) {
            running.awaitSign("addr", () -> {
                try (DatagramChannel sign = DatagramChannel.open(StandardProtocolFamily.INET)) {
                    sign.bind(loopback(0));
                }
            });
            first.bind(loopback(0));
            port4 = first.socket().getLocalPort();
            try {
                second.bind(loopback(port4));
            } catch (IOException expected) {
                assertThat(expected).hasMessageContaining("in use");
            }
            third.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
            port6 = third.socket().getLocalPort();
            running.awaitOutput("\"port\":" + port6);
            finished = running.interrupt();
        }
        List<JsonNode> events = Events.parseLines(finished.out());

        JsonNode bound = Events.with(events, "addr.port", String.valueOf(port4)).getFirst();
        assertThat(field(bound, "addr.addr").asText()).isEqualTo("127.0.0.1");
        assertThat(field(bound, "addr.proto").asText()).isEqualTo("TCP");
        assertThat(field(bound, "addr.version").asInt()).isEqualTo(4);
        assertThat(field(bound, "error").asText()).isEmpty();
        JsonNode udp = Events.with(events, "addr.port", String.valueOf(port6)).getFirst();
        assertThat(field(udp, "addr.addr").asText()).isEqualTo("::1");
        assertThat(field(udp, "addr.proto").asText()).isEqualTo("UDP");
        assertThat(Events.with(events, "error", "EADDRINUSE")).hasSize(1);
        assertThat(events)
                .allSatisfy(
                        event -> assertThat(field(event, "proc.pid").asText()).isEqualTo(pid));
        Catalogue.checkFields("trace_bind", bound);
        Catalogue.checkParams(product, "trace_bind");
    }

    /** Sends bytes through a connection of its own; returns the port of the listener. */
    private static int talk() throws IOException {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open(StandardProtocolFamily.INET).bind(loopback(0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            client.write(ByteBuffer.allocate(BYTES));
            ByteBuffer received = ByteBuffer.allocate(BYTES);
            while (received.hasRemaining()) {
                accepted.read(received);
            }
            return server.socket().getLocalPort();
        }
    }

    @Test
    void shouldCountWhatConnectionsCarry() throws Exception {
        Finished finished;
        int port;
        try (Product.Running running =
                product.start("run", "top_tcp", "-o", "json", "--pid", pid, "--map-fetch-interval", "200ms")) {
            running.awaitSign("\"pid\"", CatalogueTest::talk);
            port = talk();
            running.awaitOutput("\"port\":" + port + ",");
            int last = talk();
            running.awaitOutput("\"port\":" + last + ",");
            finished = running.interrupt();
        }
        List<JsonNode> sent = Events.with(Events.elements(finished), "dst.port", String.valueOf(port));
        List<JsonNode> received = Events.with(Events.elements(finished), "src.port", String.valueOf(port));

        assertThat(sum(sent, "sent_raw")).isEqualTo(BYTES);
        assertThat(sum(received, "received_raw")).isEqualTo(BYTES);
        assertThat(field(sent.getFirst(), "dst.addr").asText()).isEqualTo("127.0.0.1");
        Catalogue.checkFields("top_tcp", sent.getFirst());
        Catalogue.checkParams(product, "top_tcp");
    }

    @Test
    void shouldCountRoundTripTimes() throws Exception {
        try (Product.Running running = product.start("run", "profile_tcprtt", "--map-fetch-interval", "200ms")) {
            running.awaitSign("|*", CatalogueTest::talk);
            assertThat(running.interrupt().out()).contains("distribution");
        }
        Catalogue.checkParams(product, "profile_tcprtt");
    }

    @Test
    void shouldCountRoundTripTimesOfOnePortOnly() throws Exception {
        try (ServerSocketChannel other =
                        ServerSocketChannel.open(StandardProtocolFamily.INET).bind(loopback(0));
                Product.Running running = product.start(
                        "run",
                        "profile_tcprtt",
                        "--map-fetch-interval",
                        "200ms",
                        "--sport",
                        String.valueOf(other.socket().getLocalPort()))) {
            talk();
            running.awaitSign("|*", () -> {
                try (SocketChannel client = SocketChannel.open(other.getLocalAddress());
                        SocketChannel accepted = other.accept()) {
                    client.write(ByteBuffer.allocate(1));
                    accepted.read(ByteBuffer.allocate(1));
                }
            });
            assertThat(running.interrupt().exitCode()).isZero();
        }
    }

    @Test
    void shouldCountWhatIsWrittenToDisks() throws Exception {
        // Not in a temporary folder: that may lie in memory.
        Path file = Files.createTempFile(Machine.sourceTree().resolve(".jig"), "blockio", "");
        try (Product.Running running =
                product.start("run", "top_blockio", "-o", "json", "--map-fetch-interval", "200ms")) {
            Requirement.check(writeDirectly(file, 1) == 0, "the file system has no direct input and output");
            // Again and again: one that is not cut in two by the reading of the map.
            running.awaitSign("\"bytes\":262144,\"io\":64,", () -> writeDirectly(file, 64));
            List<JsonNode> rows = writesOf(running.output());

            assertThat(rows).anySatisfy(row -> {
                assertThat(field(row, "bytes").asLong()).isEqualTo(64 * 4096);
                assertThat(field(row, "io").asInt()).isEqualTo(64);
                assertThat(field(row, "us").asLong()).isPositive();
                assertThat(field(row, "major").asInt()).isPositive();
                Catalogue.checkFields("top_blockio", row);
            });
        } finally {
            Files.delete(file);
        }
        Catalogue.checkParams(product, "top_blockio");
    }

    private static List<JsonNode> writesOf(String output) {
        String whole = output.substring(0, output.lastIndexOf('\n') + 1);
        List<JsonNode> ofProgram = Events.with(Events.elements(new Finished(0, whole, "")), "proc.comm", "dd");
        return Events.with(ofProgram, "rw", "write");
    }

    private static int writeDirectly(Path file, int blocks) throws Exception {
        return new ProcessBuilder("dd", "if=/dev/zero", "of=" + file, "bs=4096", "count=" + blocks, "oflag=direct")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}

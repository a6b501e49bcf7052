// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trace_tcp} against connections of this test. */
@HostTest
class TraceTcpTest {
    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private final String pid = String.valueOf(ProcessHandle.current().pid());

    /** Opens a connection, accepts it and closes both ends. */
    private static Connection talk(String host) throws IOException {
        InetAddress address = InetAddress.ofLiteral(host);
        StandardProtocolFamily family = host.contains(":") ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        try (ServerSocketChannel server = ServerSocketChannel.open(family).bind(new InetSocketAddress(address, 0));
                SocketChannel client = SocketChannel.open(family)) {
            client.connect(server.getLocalAddress());
            try (SocketChannel accepted = server.accept()) {
                return new Connection(
                        ((InetSocketAddress) accepted.getRemoteAddress()).getPort(),
                        server.socket().getLocalPort());
            }
        }
    }

    private record Connection(int clientPort, int serverPort) {
        List<JsonNode> events(List<JsonNode> all, String type, boolean ofClient) {
            List<JsonNode> ofType = Events.with(all, "type", type);
            List<JsonNode> from = Events.with(ofType, "src.port", String.valueOf(ofClient ? clientPort : serverPort));
            return Events.with(from, "dst.port", String.valueOf(ofClient ? serverPort : clientPort));
        }
    }

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private Finished watch(Product.ThrowingAction talk, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("run", "trace_tcp", "-o", "json", "--pid", pid));
        all.addAll(List.of(words));
        try (Product.Running running = product.start(all.toArray(String[]::new))) {
            running.awaitSign("src", talk);
            return running.interrupt();
        }
    }

    @Test
    void shouldTellConnectionsFromBothSides() throws Exception {
        List<Connection> seen = new ArrayList<>();
        Finished finished = watch(() -> seen.add(talk("127.0.0.1")));
        List<JsonNode> events = Events.parseLines(finished.out());
        Connection connection = seen.getLast();

        assertThat(connection.events(events, "connect", true)).singleElement().satisfies(event -> {
            assertThat(field(event, "src.addr").asText()).isEqualTo("127.0.0.1");
            assertThat(field(event, "error").asText()).isEmpty();
            assertThat(field(event, "fd").asInt()).isPositive();
            assertThat(field(event, "accept_fd").asInt()).isEqualTo(-1);
            assertThat(field(event, "proc.pid").asText()).isEqualTo(pid);
            Catalogue.checkFields("trace_tcp", event);
        });
        assertThat(connection.events(events, "accept", false)).singleElement().satisfies(event -> {
            assertThat(field(event, "fd").asInt()).isPositive();
            assertThat(field(event, "accept_fd").asInt()).isPositive();
            assertThat(field(event, "netns_id").asLong()).isPositive();
        });
        assertThat(connection.events(events, "close", true)).hasSize(1);
        assertThat(connection.events(events, "close", false)).hasSize(1);
        Catalogue.checkParams(product, "trace_tcp");
    }

    @Test
    void shouldTellWhyAConnectionFailed() throws Exception {
        int port;
        try (ServerSocketChannel closed = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = closed.socket().getLocalPort();
        }
        AtomicInteger refusals = new AtomicInteger();
        Finished finished = watch(
                () -> {
                    talk("127.0.0.1");
                    try (SocketChannel refused = SocketChannel.open(StandardProtocolFamily.INET)) {
                        refused.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                    } catch (ConnectException expected) {
                        refusals.incrementAndGet();
                    }
                },
                "--failure-only");

        assertThat(refusals).hasPositiveValue();
        assertThat(Events.parseLines(finished.out())).isNotEmpty().allSatisfy(event -> {
            assertThat(field(event, "type").asText()).isEqualTo("connect");
            assertThat(field(event, "error").asText()).isEqualTo("ECONNREFUSED");
            assertThat(field(event, "dst.port").asInt()).isEqualTo(port);
        });
    }

    @Test
    void shouldTellOnlyWhatIsAccepted() throws Exception {
        Finished finished = watch(() -> talk("::1"), "--accept-only");

        assertThat(Events.parseLines(finished.out())).isNotEmpty().allSatisfy(event -> {
            assertThat(field(event, "type").asText()).isEqualTo("accept");
            assertThat(field(event, "src.addr").asText()).isEqualTo("::1");
            assertThat(field(event, "src.version").asInt()).isEqualTo(6);
        });
    }
}

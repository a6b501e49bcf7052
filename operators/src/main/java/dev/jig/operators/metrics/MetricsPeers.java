// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.gadget.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Series of processes that could not have the address: each offers them on a socket in a folder that only root can enter,
 * and the process that has the address collects them when it is asked.
 */
final class MetricsPeers {
    static final Path FOLDER = Path.of("/run/ig/metrics");

    private static final int BUFFER_SIZE = 1 << 16;
    private static final int MOST_BYTES = 1 << 26;

    private final Path folder;
    private final Supplier<String> lines;
    private Optional<ServerSocketChannel> socket = Optional.empty();

    /**
     * @param folder the meeting place of those who want the same address
     * @param lines what is offered
     */
    MetricsPeers(Path folder, Supplier<String> lines) {
        this.folder = folder;
        this.lines = lines;
    }

    private Path own() {
        return folder.resolve(ProcessHandle.current().pid() + ".sock");
    }

    /** Offers this process's series. */
    synchronized void offer() throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.deleteIfExists(own());
        ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        opened.bind(UnixDomainSocketAddress.of(own()));
        socket = Optional.of(opened);
        Thread.ofPlatform().name("jig-metrics-offer").daemon().start(() -> answer(opened));
    }

    private void answer(ServerSocketChannel opened) {
        while (opened.isOpen()) {
            try (SocketChannel asking = opened.accept()) {
                ByteBuffer text = StandardCharsets.UTF_8.encode(lines.get());
                while (text.hasRemaining()) {
                    asking.write(text);
                }
            } catch (IOException gone) {
                // Either this end was closed, or the other did not wait for the answer: on to the next one.
            }
        }
    }

    /** Offers them no longer. */
    synchronized void withdraw() {
        try {
            if (socket.isPresent()) {
                socket.get().close();
                Files.deleteIfExists(own());
            }
        } catch (IOException left) {
            // A socket that nobody listens on is removed by whoever collects.
        }
        socket = Optional.empty();
    }

    /** Adds what others offer. */
    void collect(PrometheusPage page, Log log) {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, "*.sock")) {
            for (Path other : others) {
                collect(other, page, log);
            }
        } catch (NoSuchFileException nobody) {
            return;
        } catch (IOException | java.nio.file.DirectoryIteratorException refused) {
            log.debug("metrics of other processes: " + refused.getMessage());
        }
    }

    private static void collect(Path other, PrometheusPage page, Log log) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(other))) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
            while (channel.read(buffer) >= 0 && text.size() < MOST_BYTES) {
                text.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            page.addLines(text.toString(StandardCharsets.UTF_8));
        } catch (java.net.ConnectException dead) {
            log.debug(other + ": " + dead.getMessage());
            Files.deleteIfExists(other);
        }
    }
}

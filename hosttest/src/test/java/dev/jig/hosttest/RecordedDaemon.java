// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static java.util.Objects.requireNonNull;

import dev.jig.testing.Machine;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Answers as the documented system's daemon once did, and keeps what it was asked. */
final class RecordedDaemon implements AutoCloseable {
    private static final Path MESSAGES = Machine.sourceTree().resolve("service/src/test/resources/examples/grpc");

    private final MessageServer server;

    /**
     * @param answers names of messages by method; of {@code RunGadget}, the one that is sent first
     */
    RecordedDaemon(Map<String, String> answers) throws IOException {
        server = new MessageServer((call, method, count) -> {
            boolean stream = method.equals("RunGadget");
            if (!stream || count == 1) {
                call.sendMessage(message(requireNonNull(answers.get(method), method)));
            }
            // A stream ends when its client asks for that.
            if (!stream || count == 2) {
                call.close(Status.OK, new Metadata());
            }
        });
    }

    /** A recorded message. */
    static byte[] message(String name) {
        try {
            return Files.readAllBytes(MESSAGES.resolve(name + ".bin"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** For {@code --remote-address}. */
    String address() {
        return "tcp://127.0.0.1:" + server.port();
    }

    /** What a method was asked, in order. */
    List<byte[]> requests(String method) {
        return server.requests(method);
    }

    @Override
    public void close() {
        server.close();
    }
}

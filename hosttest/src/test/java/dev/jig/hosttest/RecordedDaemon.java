// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static java.util.Objects.requireNonNull;

import dev.jig.testing.Machine;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as the documented system's daemon once did, and keeps what it was asked. */
final class RecordedDaemon implements AutoCloseable {
    private static final Path MESSAGES = Machine.sourceTree().resolve("service/src/test/resources/examples/grpc");

    private static final Map<String, String> SERVICES = Map.of(
            "GetInfo", "api.BuiltInGadgetManager",
            "GetGadgetInfo", "api.GadgetManager",
            "RunGadget", "api.GadgetManager",
            "CreateGadgetInstance", "api.GadgetInstanceManager",
            "ListGadgetInstances", "api.GadgetInstanceManager",
            "RemoveGadgetInstance", "api.GadgetInstanceManager");

    private final Map<String, List<byte[]>> requests = new ConcurrentHashMap<>();
    private final Server server;

    /**
     * @param answers names of messages by method; of {@code RunGadget}, the one that is sent first
     */
    RecordedDaemon(Map<String, String> answers) throws IOException {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        for (String service : new TreeSet<>(SERVICES.values())) {
            ServerServiceDefinition.Builder methods = ServerServiceDefinition.builder(service);
            SERVICES.forEach((method, of) -> {
                if (of.equals(service)) {
                    methods.addMethod(descriptor(service, method), (call, headers) -> answer(call, method, answers));
                }
            });
            builder.addService(methods.build());
        }
        server = builder.build().start();
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
        return "tcp://127.0.0.1:" + server.getPort();
    }

    /** What a method was asked, in order. */
    List<byte[]> requests(String method) {
        return requests.computeIfAbsent(method, ignored -> new CopyOnWriteArrayList<>());
    }

    private ServerCall.Listener<byte[]> answer(
            ServerCall<byte[], byte[]> call, String method, Map<String, String> answers) {
        call.sendHeaders(new Metadata());
        call.request(2);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(byte[] request) {
                requests(method).add(request);
                if (!method.equals("RunGadget")) {
                    call.sendMessage(message(requireNonNull(answers.get(method), method)));
                    call.close(Status.OK, new Metadata());
                } else if (requests(method).size() == 1) {
                    call.sendMessage(message(requireNonNull(answers.get(method), method)));
                } else {
                    // A stream ends when its client asks for that.
                    call.close(Status.OK, new Metadata());
                }
            }
        };
    }

    private static MethodDescriptor<byte[], byte[]> descriptor(String service, String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(name.equals("RunGadget") ? MethodType.BIDI_STREAMING : MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes calls of all methods of gRPC, keeps their messages as they came, and answers as a test wants. */
final class MessageServer implements AutoCloseable {
    private final Map<String, List<byte[]>> requests = new ConcurrentHashMap<>();
    private final Server server;

    /** Answers one message of a call, or ends the call. */
    @FunctionalInterface
    interface Answer {
        /**
         * Answers.
         *
         * @param method its name without its service
         * @param count how many messages the method has got, this one included
         */
        void to(ServerCall<byte[], byte[]> call, String method, int count);
    }

    MessageServer(Answer answer) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .fallbackHandlerRegistry(new HandlerRegistry() {
                    @Override
                    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
                        return ServerMethodDefinition.create(
                                descriptor(name), (call, headers) -> listener(call, answer));
                    }
                })
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    /** What a method was asked, in order. */
    List<byte[]> requests(String method) {
        return requests.computeIfAbsent(method, ignored -> new CopyOnWriteArrayList<>());
    }

    private ServerCall.Listener<byte[]> listener(ServerCall<byte[], byte[]> call, Answer answer) {
        String full = call.getMethodDescriptor().getFullMethodName();
        String method = full.substring(full.lastIndexOf('/') + 1);
        call.sendHeaders(new Metadata());
        call.request(2);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(byte[] request) {
                List<byte[]> all = requests(method);
                all.add(request);
                answer.to(call, method, all.size());
            }
        };
    }

    /** A stream can do what a single question can. */
    private static MethodDescriptor<byte[], byte[]> descriptor(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodType.BIDI_STREAMING)
                .setFullMethodName(name)
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

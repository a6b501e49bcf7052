// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.wire.Api;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that break the rules, and those that are merely slow: the others must not notice. */
class HostileClientTest {
    private static final int CONNECTIONS = 50;

    @TempDir
    private Path folder;

    private Workshop workshop;
    private NioEventLoopGroup loop;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        workshop = new Workshop(folder, new ServiceLimits(1000, 5, 10, CONNECTIONS, 64));
        loop = new NioEventLoopGroup(1);
        channel = NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(folder.resolve("socket")))
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                .eventLoopGroup(loop)
                .overrideAuthority("localhost")
                .usePlaintext()
                .build();
    }

    @AfterEach
    void end() {
        channel.shutdownNow();
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        workshop.close();
    }

    private void requireAlive() {
        assertThat(workshop.client().serverVersion(Duration.ofSeconds(5))).isEqualTo("1.2.3");
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("socket")));
    }

    @Test
    void shouldSurviveGarbage() throws Exception {
        Random random = new Random(1);
        byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 30; i++) {
            try (SocketChannel socket = connect()) {
                byte[] garbage = new byte[random.nextInt(2000)];
                random.nextBytes(garbage);
                if (i % 2 == 0) {
                    socket.write(ByteBuffer.wrap(preface));
                }
                socket.write(ByteBuffer.wrap(garbage));
            } catch (IOException closed) {
                assertThat(closed).isNotNull();
            }
        }
        requireAlive();
    }

    @Test
    void shouldRefuseConnectionsThatAreTooMany() throws Exception {
        List<SocketChannel> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 10_000; i++) {
                sockets.add(connect());
                if (sockets.size() > 4 * CONNECTIONS) {
                    sockets.removeFirst().close();
                }
            }
        } finally {
            for (SocketChannel socket : sockets) {
                socket.close();
            }
        }
        Workshop.await("there is room again", () -> {
            try (RemoteRuntime client = Workshop.connect(List.of(new Target(workshop.address(), "local")))) {
                return client.serverVersion(Duration.ofSeconds(5)).equals("1.2.3");
            } catch (ServiceException refused) {
                return false;
            }
        });
    }

    /** Bytes to any method, without our own care for what they are. */
    private Status send(String method, byte[] message, boolean streaming) throws Exception {
        MethodDescriptor<byte[], byte[]> raw = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(streaming ? MethodDescriptor.MethodType.BIDI_STREAMING : MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .setRequestMarshaller(new BytesMarshaller())
                .setResponseMarshaller(new BytesMarshaller())
                .build();
        CompletableFuture<Status> end = new CompletableFuture<>();
        ClientCall<byte[], byte[]> call =
                channel.newCall(raw, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS));
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                new Metadata());
        call.request(100);
        call.sendMessage(message);
        call.halfClose();
        return end.get(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldSurviveMessagesThatAreNone() throws Exception {
        Random random = new Random(2);
        byte[] seed = Workshop.request("ticker", "one", "").toByteArray();
        List<MethodDescriptor<?, ?>> methods = List.of(
                Methods.GET_INFO,
                Methods.GET_GADGET_INFO,
                Methods.RUN_GADGET,
                Methods.CREATE,
                Methods.LIST,
                Methods.GET,
                Methods.REMOVE,
                Methods.CHECK);
        for (int i = 0; i < 600; i++) {
            byte[] message = seed.clone();
            for (int changes = random.nextInt(6); changes > 0; changes--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt();
            }
            MethodDescriptor<?, ?> method = methods.get(i % methods.size());
            boolean streaming = method == Methods.RUN_GADGET;
            Status status = send(method.getFullMethodName(), message, streaming);
            assertThat(status.getCode()).isNotEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
        requireAlive();
        workshop.restart();
        requireAlive();
    }

    @Test
    void shouldRefuseGiantMessages() throws Exception {
        Status status = send(Methods.CREATE.getFullMethodName(), new byte[Methods.LARGEST_REQUEST + 1], false);
        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        requireAlive();
    }

    @Test
    void shouldTellWhatItDoesNotKnow() throws Exception {
        assertThat(send("api.GadgetManager/Nothing", new byte[0], false).getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(send(Methods.CHECK.getFullMethodName(), new byte[0], false).getCode())
                .isEqualTo(Status.Code.OK);
    }

    private Status control(Api.GadgetControlRequest request) throws Exception {
        return send(Methods.RUN_GADGET.getFullMethodName(), request.toByteArray(), true);
    }

    @Test
    void shouldRefuseOtherVersionsAndOrders() throws Exception {
        assertThat(control(Api.GadgetControlRequest.getDefaultInstance()).getDescription())
                .isEqualTo("expected first control message to be gadget run request");
        assertThat(control(Api.GadgetControlRequest.newBuilder()
                                .setStopRequest(Api.GadgetStopRequest.getDefaultInstance())
                                .build())
                        .getDescription())
                .isEqualTo("expected first control message to be gadget run request");
        assertThat(control(Api.GadgetControlRequest.newBuilder()
                                .setRunRequest(Api.GadgetRunRequest.newBuilder().setVersion(7))
                                .build())
                        .getDescription())
                .isEqualTo("expected version to be 1, got 7");
        assertThat(send(
                                Methods.GET_GADGET_INFO.getFullMethodName(),
                                Api.GetGadgetInfoRequest.newBuilder()
                                        .setVersion(2)
                                        .build()
                                        .toByteArray(),
                                false)
                        .getDescription())
                .isEqualTo("expected version to be 1, got 2");
    }

    @Test
    void shouldRunOnlySoManyGadgetsForClients() throws Exception {
        for (int i = 0; i < 5; i++) {
            workshop.run("ticker", Map.of());
        }
        Workshop.await("five run", () -> workshop.host.running() == 5);
        assertThat(workshop.run("ticker", Map.of()).end()).contains("runs 5 gadgets for clients already");
        for (int i = 0; i < 10; i++) {
            workshop.create("ticker", "i" + i);
        }
        assertThatThrownBy(() -> workshop.create("ticker", "one-more"))
                .hasMessageContaining("runs 10 gadget instances already");
    }

    @Test
    void shouldLetNobodyWaitForASlowClient() throws Exception {
        String id = workshop.create("ticker", "one");
        Workshop.await("it runs", () -> workshop.host.running() == 1);
        Slow slow = new Slow(id);
        Workshop.Watch fast = workshop.attach(id);
        String padding = "x".repeat(5000);
        int count = 6000;
        for (int i = 1; i <= count; i++) {
            workshop.host.emit(padding + i);
            if (i % 500 == 0) {
                int wanted = i;
                fast.seen.awaitCount(wanted);
            }
        }
        assertThat(fast.messages).isEmpty();
        assertThat(fast.seen.count()).isEqualTo(count);
        slow.readAll();
        Workshop.await("the slow one has got what was kept", () -> slow.messages.get() > 1000);
        Workshop.await("it sees that something is missing", () -> {
            workshop.host.emit("again");
            return slow.lastSequence.get() > slow.messages.get();
        });
        assertThat(workshop.client().instances().remove(id, List.of("local"))).isEmpty();
        assertThat(slow.end.get(20, TimeUnit.SECONDS).isOk()).isTrue();
        assertThat(slow.told).anyMatch(text -> text.endsWith(" events were dropped, as this client reads too slowly"));
        assertThat(workshop.daemon().counters().droppedPackets()).isPositive();
    }

    /** A client that reads nothing for a while. */
    private final class Slow {
        private final ClientCall<Api.GadgetControlRequest, byte[]> call =
                channel.newCall(Methods.RUN_GADGET, CallOptions.DEFAULT);
        private final CompletableFuture<Status> end = new CompletableFuture<>();
        private final AtomicLong messages = new AtomicLong();
        private final AtomicLong lastSequence = new AtomicLong();
        private final List<String> told = new CopyOnWriteArrayList<>();

        Slow(String id) {
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onMessage(byte[] message) {
                            ReceivedEvent event = new ReceivedEvent();
                            WireReader reader = new WireReader();
                            reader.open(message, 0, message.length);
                            EventCodec.read(reader, event);
                            if (event.type == Event.PACKET) {
                                messages.incrementAndGet();
                                lastSequence.set(event.seq);
                            } else if (Event.levelOf(event.type) > 0) {
                                told.add(new String(message, event.offset, event.length, StandardCharsets.UTF_8));
                            }
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            end.complete(status);
                        }
                    },
                    new Metadata());
            call.sendMessage(new RunRequest.Attach(id, "?").toWire());
        }

        void readAll() {
            call.request(1 << 20);
        }
    }
}

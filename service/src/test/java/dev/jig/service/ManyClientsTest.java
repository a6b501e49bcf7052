// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.wire.Api;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyClientsTest {
    private static final int READING = 90;
    private static final int STANDING_STILL = 10;
    private static final int EVENTS = 30 * 500;

    @TempDir
    private Path folder;

    @Test
    void shouldNotLetClientsThatStandStillCostTheOthersAnything() throws Exception {
        NioEventLoopGroup loop = new NioEventLoopGroup(1);
        List<ManagedChannel> channels = new ArrayList<>();
        try (Workshop workshop = new Workshop(folder, new ServiceLimits(500, 10, 10, 200, 10))) {
            String id = workshop.create("ticker", "one");
            Workshop.await("it runs", () -> workshop.host.running() == 1);
            for (int i = 0; i < STANDING_STILL; i++) {
                channels.add(standStill(id, loop));
            }
            List<Workshop.Watch> reading = new ArrayList<>();
            for (int i = 0; i < READING; i++) {
                reading.add(workshop.attach(id));
            }
            workshop.host.emit("first");
            for (Workshop.Watch watch : reading) {
                watch.seen.await(lines -> !lines.isEmpty());
            }
            String padding = "x".repeat(1100);
            for (int i = 1; i <= EVENTS; i++) {
                workshop.host.emit(padding + i);
                if (i % 100 == 0) {
                    int wanted = i;
                    for (Workshop.Watch watch : reading) {
                        watch.seen.awaitCount(wanted + 1);
                    }
                }
            }
            assertThat(reading).allSatisfy(watch -> {
                assertThat(watch.seen.count()).isEqualTo(EVENTS + 1);
                assertThat(watch.messages).isEmpty();
            });
            assertThat(workshop.client().instances().remove(id, List.of("local")))
                    .isEmpty();
            for (Workshop.Watch watch : reading) {
                assertThat(watch.end()).isEmpty();
            }
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
            var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }

    /** A client that attaches and reads nothing. */
    private ManagedChannel standStill(String id, NioEventLoopGroup loop) {
        ManagedChannel channel = NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(folder.resolve("socket")))
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                .eventLoopGroup(loop)
                .overrideAuthority("localhost")
                .usePlaintext()
                .build();
        ClientCall<Api.GadgetControlRequest, byte[]> call = channel.newCall(Methods.RUN_GADGET, CallOptions.DEFAULT);
        call.start(new ClientCall.Listener<>() {}, new Metadata());
        call.sendMessage(new RunRequest.Attach(id, "?").toWire());
        return channel;
    }
}

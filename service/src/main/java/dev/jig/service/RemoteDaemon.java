// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A daemon somewhere, as seen by a client. */
final class RemoteDaemon implements AutoCloseable {
    private static final int WINDOW = 4 << 20;
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Target target;
    private final ManagedChannel channel;
    private final boolean batched;

    /**
     * Nothing is connected yet.
     *
     * @param loop one thread, on which everything happens that daemons say
     */
    RemoteDaemon(Target target, ConnectionOptions options, EventLoopGroup loop) {
        this.target = target;
        this.batched = options.batched();
        NettyChannelBuilder builder = builder(target, options)
                .eventLoopGroup(loop)
                .directExecutor()
                .offloadExecutor(Runnable::run)
                .maxInboundMessageSize(Methods.LARGEST_MESSAGE)
                .flowControlWindow(WINDOW)
                .userAgent(options.userAgent())
                .disableRetry()
                .maxTraceEvents(0);
        this.channel = builder.build();
    }

    private static NettyChannelBuilder builder(Target target, ConnectionOptions options) {
        // Not a pattern switch: its bootstrap would cost milliseconds of each start.
        if (target.address() instanceof ListenAddress.Unix unix) {
            return NettyChannelBuilder.forAddress((SocketAddress) UnixDomainSocketAddress.of(unix.path()))
                    .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                    .overrideAuthority("localhost")
                    .usePlaintext();
        }
        ListenAddress.Tcp tcp = (ListenAddress.Tcp) target.address();
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(tcp.toSocketAddress())
                .channelType(NioSocketChannel.class)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        options.timeout().toMillis())
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .overrideAuthority(authority(tcp, options));
        return options.tls().isPresent()
                ? builder.sslContext(options.tls().get().forClient())
                : builder.usePlaintext();
    }

    private static String authority(ListenAddress.Tcp tcp, ConnectionOptions options) {
        String host = options.serverName().isEmpty() ? tcp.host() : options.serverName();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + tcp.port();
    }

    Target target() {
        return target;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws ServiceException when the daemon cannot be reached, or refuses
     */
    <Q, A> A ask(MethodDescriptor<Q, A> method, Q question, Duration atMost) {
        return ask(method, question, new Metadata(), atMost).message();
    }

    /**
     * What a daemon answered.
     *
     * @param headers what it told beside
     */
    record Answered<A>(A message, Metadata headers) {}

    /**
     * Asks, with headers, and waits for the answer.
     *
     * @throws ServiceException when the daemon cannot be reached, or refuses
     */
    <Q, A> Answered<A> ask(MethodDescriptor<Q, A> method, Q question, Metadata headers, Duration atMost) {
        CompletableFuture<Answered<A>> answer = new CompletableFuture<>();
        ClientCall<Q, A> call = channel.newCall(
                method, CallOptions.DEFAULT.withDeadlineAfter(atMost.toMillis(), TimeUnit.MILLISECONDS));
        call.start(new Answer<>(answer), headers);
        call.request(2);
        call.sendMessage(question);
        call.halfClose();
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            call.cancel("interrupted", interrupted);
            throw new ServiceException("interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw problem(Status.fromThrowable(failed));
        }
    }

    /** Whether this client takes events in batches. */
    boolean isBatched() {
        return batched;
    }

    /** Opens a stream; nothing is asked yet. */
    <Q, A> ClientCall<Q, A> open(MethodDescriptor<Q, A> method) {
        return channel.newCall(method, CallOptions.DEFAULT);
    }

    /** A failed call as a sentence for the user. */
    ServiceException problem(Status status) {
        Throwable cause = status.getCause();
        if (status.getCode() == Status.Code.UNAVAILABLE && cause instanceof IOException) {
            return new ServiceException(unreachable(cause), cause);
        }
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return new ServiceException("the daemon at " + target.address() + " does not answer");
        }
        String text = status.getDescription() == null ? status.getCode().toString() : status.getDescription();
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            return new ServiceException("the daemon at " + target.address() + ": " + text);
        }
        return new ServiceException("rpc error: code = " + codeName(status.getCode()) + " desc = " + text);
    }

    private String unreachable(Throwable cause) {
        String start = "no daemon can be reached at " + target.address() + ": ";
        if (target.address() instanceof ListenAddress.Unix unix && !Files.exists(unix.path())) {
            return start + "there is no such socket (start one with \"ig daemon\")";
        }
        Throwable deepest = cause;
        while (deepest.getCause() instanceof IOException further && !(deepest instanceof FileNotFoundException)) {
            deepest = further;
        }
        return start + Failures.text(deepest);
    }

    /** Names of codes as upstream's library prints them: {@code InvalidArgument}. */
    private static String codeName(Status.Code code) {
        StringBuilder name = new StringBuilder();
        boolean upper = true;
        for (char c : code.name().toCharArray()) {
            if (c == '_') {
                upper = true;
            } else {
                name.append(upper ? c : Character.toLowerCase(c));
                upper = false;
            }
        }
        return name.toString();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static final class Answer<A> extends ClientCall.Listener<A> {
        private final CompletableFuture<Answered<A>> future;
        private Metadata told = new Metadata();

        Answer(CompletableFuture<Answered<A>> future) {
            this.future = future;
        }

        @Override
        public void onHeaders(Metadata headers) {
            told = headers;
        }

        @Override
        public void onMessage(A message) {
            future.complete(new Answered<>(message, told));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (status.isOk()) {
                // Has no effect where there was an answer.
                future.completeExceptionally(new StatusRuntimeException(
                        Status.INTERNAL.withDescription("the daemon answered without a message")));
            } else {
                future.completeExceptionally(new StatusRuntimeException(status));
            }
        }
    }
}

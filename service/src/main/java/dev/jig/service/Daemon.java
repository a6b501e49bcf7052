// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.Log;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs gadgets for clients, and without them. */
public final class Daemon implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long LOOK_MILLIS = 10;
    private static final int WINDOW = 4 << 20;
    private static final int HANDSHAKE_SECONDS = 10;
    private static final int KEEP_ALIVE_SECONDS = 60;

    private final DaemonOptions options;
    private final Log log;
    private final ClientRuns runs;
    private final InstanceManager instances;
    private final ServiceCounters counters = new ServiceCounters();
    private final List<ServerServiceDefinition> services;
    private final ConnectionGuard guard;
    private final EventLoopGroup acceptor = new NioEventLoopGroup(1);
    private final EventLoopGroup workers = new NioEventLoopGroup(2);
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("jig-send").daemon().factory());
    private final List<Server> servers = new ArrayList<>();
    private final List<Path> sockets = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Daemon(DaemonOptions options, GadgetHost host, Log log) {
        this.options = options;
        this.log = log;
        RunRequests requests = new RunRequests(host, options.settings(), options.compat());
        this.runs = new ClientRuns(requests, options.limits(), log, sender, counters);
        this.instances = new InstanceManager(new InstanceStore(options.instances()), requests, options.limits(), log);
        this.services = Services.of(host, new GadgetInformation(requests, instances, counters), runs, instances);
        this.guard = new ConnectionGuard(options.limits().connections(), log);
    }

    /**
     * Starts a daemon: it answers when this returns, and gadgets of earlier daemons run again.
     *
     * @throws ServiceException when it cannot listen
     */
    public static Daemon start(DaemonOptions options, GadgetHost host, Log log) {
        Daemon daemon = new Daemon(options, host, log);
        try {
            daemon.listen();
            daemon.instances.restore();
            return daemon;
        } catch (RuntimeException failed) {
            daemon.close();
            throw failed;
        }
    }

    /** What it did so far. */
    public ServiceCounters counters() {
        return counters;
    }

    private void listen() {
        if (options.inherited().isPresent()) {
            start(unix(options.inherited().get()));
            return;
        }
        for (ListenAddress address : options.addresses()) {
            switch (address) {
                case ListenAddress.Unix unix -> {
                    ServerSocketChannel channel = UnixSocket.listen(unix.path(), options.socket());
                    sockets.add(unix.path());
                    start(unix(channel));
                }
                case ListenAddress.Tcp tcp -> start(tcp(tcp));
            }
        }
    }

    private NettyServerBuilder unix(ServerSocketChannel channel) {
        try {
            return builder(channel.getLocalAddress(), () -> guarded(bound(channel)));
        } catch (IOException closed) {
            throw new ServiceException("listening: " + Failures.text(closed), closed);
        }
    }

    private static NioServerDomainSocketChannel bound(ServerSocketChannel channel) {
        NioServerDomainSocketChannel wrapped = new NioServerDomainSocketChannel(channel);
        wrapped.pipeline().addLast(new BoundChannel());
        return wrapped;
    }

    private NettyServerBuilder tcp(ListenAddress.Tcp address) {
        if (options.tls().isEmpty() && !options.insecure()) {
            throw new ServiceException("no TLS configuration provided for " + address
                    + ", will not proceed until running with --tls-insecure");
        }
        NettyServerBuilder builder = builder(address.toSocketAddress(), () -> guarded(new NioServerSocketChannel()));
        if (options.tls().isEmpty()) {
            log.warn("no TLS configuration provided: communication over " + address + " is not encrypted");
        } else {
            builder.sslContext(options.tls().get().forServer());
        }
        return builder;
    }

    private <C extends ServerChannel> C guarded(C channel) {
        channel.pipeline().addLast(guard);
        return channel;
    }

    private NettyServerBuilder builder(
            SocketAddress address, io.netty.channel.ChannelFactory<? extends ServerChannel> channels) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .channelFactory(channels)
                .bossEventLoopGroup(acceptor)
                .workerEventLoopGroup(workers)
                .executor(handlers)
                .maxInboundMessageSize(Methods.LARGEST_REQUEST)
                .maxConcurrentCallsPerConnection(options.limits().callsPerConnection())
                .flowControlWindow(WINDOW)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        services.forEach(builder::addService);
        return builder;
    }

    private void start(NettyServerBuilder builder) {
        Server server = builder.build();
        try {
            server.start();
            servers.add(server);
        } catch (IOException failed) {
            throw new ServiceException("listening: " + Failures.text(failed), failed);
        }
    }

    /** Port of the first listener that has one, for those who let the system choose. */
    public int port() {
        return servers.stream()
                .mapToInt(Server::getPort)
                .filter(port -> port > 0)
                .findFirst()
                .orElse(-1);
    }

    /** Waits until the daemon has ended. */
    public void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends everything: gadgets stop, every client is told why, instances stay on disk. Returns when all is done, or after a few seconds.
     *
     * @param reason for clients
     */
    public void shutDown(String reason) {
        Status status = Status.UNAVAILABLE.withDescription(reason);
        stopListening();
        runs.shutDown(status);
        instances.shutDown(status);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (runs.isBusy() && System.nanoTime() < end) {
            sleep();
        }
        close();
    }

    private void stopListening() {
        Runnable stop = () -> servers.forEach(Server::shutdown);
        if (options.inherited().isPresent()) {
            inheritedPath().ifPresentOrElse(path -> UnixSocket.keepFile(path, () -> stopAndWait(stop)), stop);
        } else {
            stop.run();
        }
    }

    /** The library removes the file somewhat later, on a thread of its own. */
    private void stopAndWait(Runnable stop) {
        stop.run();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (options.inherited().orElseThrow().isOpen() && System.nanoTime() < end) {
            sleep();
        }
        sleep();
    }

    private Optional<Path> inheritedPath() {
        try {
            return options.inherited().orElseThrow().getLocalAddress() instanceof UnixDomainSocketAddress address
                    ? Optional.of(address.getPath())
                    : Optional.empty();
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(Server server) {
        try {
            server.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        servers.forEach(Server::shutdownNow);
        servers.forEach(Daemon::awaitEnd);
        for (Path socket : sockets) {
            try {
                Files.deleteIfExists(socket);
            } catch (IOException stuck) {
                log.warn("removing " + socket + ": " + stuck.getMessage());
            }
        }
        handlers.shutdown();
        sender.shutdown();
        var _ = acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        var _ = workers.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        ended.countDown();
    }
}

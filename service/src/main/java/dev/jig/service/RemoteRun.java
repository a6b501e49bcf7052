// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.datasource.DataSourceType;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Operator;
import dev.jig.gadget.RunOptions;
import dev.jig.wire.Api;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A gadget that runs on one or more daemons and is shown here. The first daemon's description makes the data sources of a run whose
 * operators are the client's; everything that arrives is handed to them, on one thread.
 */
public final class RemoteRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunRequest request;
    private final GadgetContext context;
    private final GadgetRun run;
    private final List<RemoteStream> streams = new ArrayList<>();
    private final RemoteSources sources;
    private final Map<String, PacketDecoder> decoders = new HashMap<>();
    private final Map<PacketDecoder, ArrayMerger> mergers = new HashMap<>();
    private final EventLoop loop;
    private final CountDownLatch ended;
    private volatile boolean stopping;
    private boolean started;
    private boolean failed;
    private boolean flushing;

    RemoteRun(
            List<RemoteDaemon> daemons,
            RunRequest request,
            RunOptions options,
            List<Operator> operators,
            EventLoop loop) {
        this.request = request;
        this.context = new GadgetContext(request.image(), options);
        this.run = new GadgetRun(context, operators);
        this.sources = new RemoteSources(daemons.size() > 1);
        this.ended = new CountDownLatch(daemons.size());
        this.loop = loop;
        daemons.forEach(daemon -> streams.add(new RemoteStream(daemon, this)));
    }

    /** What the client's operators share. */
    public GadgetContext context() {
        return context;
    }

    /**
     * Shows the gadget until it ends everywhere, or {@link GadgetContext#requestStop} was called.
     *
     * @throws ServiceException telling what went wrong, with each daemon on a line of its own
     */
    public void run() {
        Api.GadgetControlRequest first = request.toWire();
        streams.forEach(stream -> stream.start(first));
        Thread stopper = Thread.ofPlatform().name("jig-stop").daemon().start(this::stopWhenAsked);
        await();
        stopper.interrupt();
        finish();
        List<String> problems = new ArrayList<>();
        streams.forEach(stream -> stream.problem().ifPresent(problem -> problems.add(named(stream, problem))));
        if (!problems.isEmpty()) {
            throw new ServiceException(String.join("\n", problems));
        }
    }

    private String named(RemoteStream stream, String problem) {
        return streams.size() > 1 ? stream.node() + ": " + problem : problem;
    }

    private void await() {
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopWhenAsked() {
        context.awaitStop(Duration.ZERO);
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        stopping = true;
        // An instance goes on without us.
        boolean attached = request instanceof RunRequest.Attach;
        streams.forEach(attached ? RemoteStream::leave : RemoteStream::stop);
        try {
            if (!ended.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                streams.forEach(stream -> stream.giveUp("timed out while getting result"));
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Behind everything that the loop still has to do. */
    private void finish() {
        try {
            loop.submit(() -> {
                        if (started) {
                            mergers.values().forEach(ArrayMerger::finish);
                            started = false;
                            run.stop();
                        }
                    })
                    .get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw new ServiceException(Failures.text(cause == null ? failure : cause), failure);
        }
    }

    /** A daemon describes the gadget; the first one decides. */
    void describe(Api.GadgetInfo info) {
        if (started || failed) {
            return;
        }
        try {
            sources.register(info, context);
            run.prepare();
            run.start();
            started = true;
        } catch (RuntimeException wrong) {
            failed = true;
            throw wrong;
        }
    }

    /** The data sources, as the first daemon described them. */
    RemoteSources sources() {
        return sources;
    }

    /** Where records of a known data source go, once the gadget is described. */
    PacketDecoder decoder(String source) {
        return decoders.computeIfAbsent(source, sources::decoder);
    }

    /** Hands a packet to the operators, or keeps it until the other daemons have sent theirs. */
    void take(RemoteStream from, PacketDecoder decoder, ReceivedPacket packet) {
        if (streams.size() > 1 && decoder.source().type() == DataSourceType.ARRAY) {
            mergers.computeIfAbsent(decoder, made -> new ArrayMerger(made, context, loop, streams))
                    .add(from, packet);
        } else {
            context.count(decoder.source()).delivered(decoder.emit(packet));
        }
        flushSoon();
    }

    /** Whether operators take records. */
    boolean isReady() {
        return started;
    }

    boolean isStopping() {
        return stopping;
    }

    /** What was printed goes out when nothing further has arrived. */
    void flushSoon() {
        if (!flushing) {
            flushing = true;
            loop.execute(() -> {
                flushing = false;
                if (started) {
                    context.endBatch();
                }
            });
        }
    }

    /** A daemon's stream is over. */
    void streamEnded(RemoteStream stream) {
        mergers.values().forEach(merger -> merger.end(stream));
        ended.countDown();
    }

    /** The run cannot be shown here: nothing further is of use. */
    void stopAll() {
        context.requestStop();
    }

    @Override
    public void close() {
        streams.forEach(RemoteStream::leave);
        run.close();
        decoders.values().forEach(PacketDecoder::close);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.GadgetIdentity;
import dev.jig.gadget.Log;
import dev.jig.wire.Api;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** The runs that clients asked for, and the streams of all clients. */
final class ClientRuns {
    private final RunRequests requests;
    private final ServiceLimits limits;
    private final Log log;
    private final Executor sender;
    private final ServiceCounters counters;
    private final Set<GadgetTask> tasks = ConcurrentHashMap.newKeySet();
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytesWaiting = new AtomicLong();
    private volatile Optional<Status> refusal = Optional.empty();

    ClientRuns(RunRequests requests, ServiceLimits limits, Log log, Executor sender, ServiceCounters counters) {
        this.requests = requests;
        this.limits = limits;
        this.log = log;
        this.sender = sender;
        this.counters = counters;
    }

    EventStream newStream(ServerCall<?, byte[]> call, boolean batched) {
        EventStream stream =
                new EventStream(call, batched, new EventQueue(limits.eventsBuffer(), bytesWaiting), sender);
        streams.add(stream);
        refusal.ifPresent(stream::end);
        return stream;
    }

    void forget(EventStream stream) {
        streams.remove(stream);
        stream.discard();
        counters.dropped(stream.dropped());
    }

    void countAttached() {
        counters.attached();
    }

    /**
     * Runs a gadget for a client; returns at once.
     *
     * @throws ServiceException when it must not run
     */
    GadgetTask start(Api.GadgetRunRequest request, EventStream stream) {
        RunRequests.requireVersion(request.getVersion());
        if (refusal.isPresent()) {
            throw refusal.get().asRuntimeException();
        }
        Log toClient = new SinkLog(stream, request.getLogLevel());
        GadgetTask task = new GadgetTask(
                requests, request, stream, toClient, Duration.ofNanos(request.getTimeout()), GadgetIdentity.NONE);
        tasks.add(task);
        if (tasks.size() > limits.runs()) {
            tasks.remove(task);
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("this daemon runs " + limits.runs() + " gadgets for clients already")
                    .asRuntimeException();
        }
        log.debug("running \"" + request.getImageName() + "\" for a client");
        Thread.ofPlatform().name("jig-run").daemon().start(() -> run(task, stream));
        return task;
    }

    private void run(GadgetTask task, EventStream stream) {
        Status status = Status.OK;
        counters.started(task.context().imageName());
        try {
            task.run(() -> {});
        } catch (RuntimeException failure) {
            status = Failures.status(failure);
        } finally {
            tasks.remove(task);
            counters.ended(task.context().imageName());
            stream.end(refusal.orElse(status));
        }
    }

    /** Ends everything, telling clients why. */
    void shutDown(Status reason) {
        refusal = Optional.of(reason);
        tasks.forEach(GadgetTask::stop);
        streams.forEach(stream -> stream.end(reason));
    }

    /** Whether some client's run still goes on, or a client has not been told everything. */
    boolean isBusy() {
        return !tasks.isEmpty() || !streams.isEmpty();
    }
}

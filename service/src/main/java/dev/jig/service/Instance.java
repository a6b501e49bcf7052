// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetCost;
import dev.jig.gadget.Log;
import dev.jig.wire.Api;
import dev.jig.wire.JigApi;
import io.grpc.Status;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A gadget that runs without a client: what it tells goes into its ring and to every client that is attached. It never waits for any of them.
 */
final class Instance implements EventSink {
    /** How long the kernel counts for whoever asks what an instance costs. */
    private static final Duration MEASURED = Duration.ofMillis(100);

    private final Api.CreateGadgetInstanceRequest request;
    private final long created;
    private final Arena arena = Arena.ofShared();
    private final EventRing ring;
    private final InfoCheck infoCheck;
    private final Set<EventStream> clients = new HashSet<>();
    private InstanceState state = InstanceState.WAITING;
    private Optional<Event> info = Optional.empty();
    private Optional<GadgetContext> context = Optional.empty();
    private boolean removed;
    private int starts;
    private long started;

    /** Tells whether the packets in a ring are to be understood by a description. */
    @FunctionalInterface
    interface InfoCheck {
        boolean keeps(byte[] info);
    }

    /** Makes the ring in memory that lives as long as the instance. */
    @FunctionalInterface
    interface RingMaker {
        EventRing make(Arena arena);
    }

    Instance(InstanceStore.Stored stored, RingMaker rings, InfoCheck infoCheck) {
        this.request = stored.request();
        this.created = stored.state().created();
        this.ring = rings.make(arena);
        this.infoCheck = infoCheck;
    }

    String id() {
        return request.getGadgetInstance().getId();
    }

    String name() {
        return request.getGadgetInstance().getName();
    }

    /** What was asked for. */
    Api.GadgetRunRequest config() {
        return request.getGadgetInstance().getGadgetConfig();
    }

    /** Milliseconds since 1970. */
    long created() {
        return created;
    }

    /** The instance as clients see it, with its state. */
    synchronized Api.GadgetInstance toWire() {
        Api.GadgetInstance.Builder wire = request.getGadgetInstance().toBuilder();
        if (wire.getTimeCreated() == 0) {
            wire.setTimeCreated(created / 1000);
        }
        return wire.setState(state.toWire()).build();
    }

    @Override
    public synchronized void accept(Event event) {
        if (removed) {
            return;
        }
        if (event.type() == Event.GADGET_INFO) {
            if (!infoCheck.keeps(event.payload())) {
                ring.clear();
            }
            info = Optional.of(event);
            clients.forEach(client -> client.accept(event));
            notifyAll();
            return;
        }
        if (event.isPacket()) {
            ring.add(event);
        }
        for (EventStream client : clients) {
            client.accept(event);
        }
    }

    @Override
    public synchronized void flush() {
        for (EventStream client : clients) {
            client.flush();
        }
    }

    /**
     * Lets a client see what is in the ring and what comes.
     *
     * @throws ServiceException when the gadget has failed before it could describe itself
     */
    synchronized void attach(EventStream client) {
        if (removed) {
            throw new ServiceException("gadget " + id() + " not found");
        }
        if (info.isEmpty() && state.isFailed()) {
            throw new ServiceException(state.message());
        }
        info.ifPresent(event -> {
            client.accept(event);
            ring.replay(client::accept);
        });
        if (state.isOver()) {
            client.end(Status.OK);
        } else {
            clients.add(client);
        }
        client.flush();
    }

    synchronized void detach(EventStream client) {
        clients.remove(client);
    }

    /**
     * Waits for the gadget's description.
     *
     * @param atMost milliseconds
     * @throws ServiceException when it fails before, or takes longer
     */
    synchronized Event awaitInfo(long atMost) {
        long end = System.nanoTime() + atMost * 1_000_000;
        try {
            while (info.isEmpty() && !state.isFailed() && !removed) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new ServiceException("instance " + id() + " is not ready yet");
                }
                wait(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return info.orElseThrow(
                () -> new ServiceException(state.isFailed() ? state.message() : "instance " + id() + " was removed"));
    }

    /** A run begins. */
    synchronized void begin(GadgetContext newContext) {
        context = Optional.of(newContext);
        starts++;
        started = System.currentTimeMillis();
        state = InstanceState.RUNNING;
    }

    /** Data flows: what went wrong before is over. */
    synchronized void running() {
        state = InstanceState.RUNNING;
        notifyAll();
    }

    /** The gadget has nothing more to tell. */
    synchronized void finish() {
        state = InstanceState.FINISHED;
        endClients(Status.OK);
    }

    /** The gadget failed; it may be started again. */
    synchronized void fail(String reason) {
        state = InstanceState.failed(reason);
        info = Optional.empty();
        endClients(Status.UNKNOWN.withDescription(reason));
    }

    /** The instance goes away, or the daemon does. */
    synchronized void leave(Status reason) {
        removed = true;
        endClients(reason);
    }

    private void endClients(Status reason) {
        clients.forEach(client -> client.end(reason));
        clients.clear();
        notifyAll();
    }

    /** Gives the ring's memory back. Nothing is accepted any more. */
    synchronized void close() {
        if (arena.scope().isAlive()) {
            removed = true;
            arena.close();
        }
    }

    /** What it did since it was started for the last time, and what it costs, which takes a moment to find out. */
    JigApi.InstanceStatistics statistics() {
        JigApi.InstanceStatistics.Builder statistics = JigApi.InstanceStatistics.newBuilder();
        Optional<GadgetCost.Meter> meter;
        synchronized (this) {
            statistics.setStarts(starts).setStarted(started).setClients(clients.size());
            context.ifPresent(current -> current.counts()
                    .forEach((name, count) -> statistics.addSources(JigApi.InstanceStatistics.Source.newBuilder()
                            .setName(name)
                            .setDelivered(count.delivered())
                            .setLost(count.lost()))));
            meter = context.filter(current -> state.equals(InstanceState.RUNNING))
                    .flatMap(current -> current.find(GadgetCost.METER));
        }
        meter.ifPresent(present -> statistics.setCost(cost(present.measure(MEASURED))));
        return statistics.build();
    }

    private static JigApi.Cost cost(GadgetCost cost) {
        return JigApi.Cost.newBuilder()
                .setPrograms(cost.programs())
                .setMaps(cost.maps())
                .setMapBytes(cost.mapBytes())
                .setRuns(cost.runs())
                .setRunNanoseconds(cost.runTime().toNanos())
                .setPeriodNanoseconds(cost.period().toNanos())
                .build();
    }

    /** Where the gadget's messages go: to the daemon's log and to the clients. */
    Log log(Log daemon) {
        SinkLog toClients = new SinkLog(this, LogLevels.toWire(Log.Level.INFO));
        return (level, message) -> {
            daemon.log(level, "instance " + id() + " (" + name() + "): " + message);
            toClients.log(level, message);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.Log;
import dev.jig.wire.Api;
import io.grpc.Status;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The instances of this daemon. */
final class InstanceManager {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int USUAL_EVENTS = 1024;
    private static final int MOST_EVENTS = 1 << 16;
    private static final long BYTES_PER_EVENT = 2048;

    private final InstanceStore store;
    private final RunRequests requests;
    private final ServiceLimits limits;
    private final Log log;
    private final Map<String, InstanceRunner> runners = new LinkedHashMap<>();

    InstanceManager(InstanceStore store, RunRequests requests, ServiceLimits limits, Log log) {
        this.store = store;
        this.requests = requests;
        this.limits = limits;
        this.log = log;
    }

    /** Starts the instances of an earlier daemon, in the order in which they were created. */
    void restore() {
        for (InstanceStore.Stored stored : store.load(log)) {
            String id = stored.request().getGadgetInstance().getId();
            log.info("loading gadget instance \"" + id + "\"");
            try {
                start(stored);
            } catch (RuntimeException failed) {
                log.error("loading gadget instance \"" + id + "\": " + Failures.text(failed));
            }
        }
    }

    /**
     * Stores an instance and starts it; whether its gadget works shows later.
     *
     * @return the instance as it was stored
     * @throws ServiceException when the request is malformed, or its id or name is in use
     */
    synchronized Api.GadgetInstance create(Api.CreateGadgetInstanceRequest asked) {
        Api.CreateGadgetInstanceRequest request = completed(asked);
        Api.GadgetInstance instance = request.getGadgetInstance();
        if (runners.containsKey(instance.getId())) {
            throw new ServiceException("gadget with id \"" + instance.getId() + "\" already exists");
        }
        for (InstanceRunner runner : runners.values()) {
            if (runner.instance().name().equals(instance.getName())) {
                throw new ServiceException("gadget with name \"" + instance.getName() + "\" already exists");
            }
        }
        if (runners.size() >= limits.instances()) {
            throw new ServiceException("this daemon runs " + limits.instances() + " gadget instances already");
        }
        InstanceStore.State state = new InstanceStore.State(now(), "");
        store.create(request, state);
        start(new InstanceStore.Stored(request, state));
        return instance;
    }

    /** Later instances have later times, also when the clock jumps back. */
    private long now() {
        long latest = 0;
        for (InstanceRunner runner : runners.values()) {
            latest = Math.max(latest, runner.instance().created());
        }
        return Math.max(System.currentTimeMillis(), latest + 1);
    }

    private static Api.CreateGadgetInstanceRequest completed(Api.CreateGadgetInstanceRequest asked) {
        if (!asked.hasGadgetInstance() || !asked.getGadgetInstance().hasGadgetConfig()) {
            throw new ServiceException("a gadget instance needs a configuration");
        }
        Api.GadgetInstance.Builder instance =
                asked.getGadgetInstance().toBuilder().clearState();
        if (instance.getGadgetConfig().getImageName().isEmpty()) {
            throw new ServiceException("a gadget instance needs an image");
        }
        if (instance.getId().isEmpty()) {
            instance.setId(InstanceNames.newId());
        }
        if (!InstanceNames.isId(instance.getId())) {
            throw new ServiceException("invalid gadget instance id: " + instance.getId());
        }
        if (instance.getName().isEmpty()) {
            instance.setName(InstanceNames.newName());
        }
        if (!InstanceNames.isName(instance.getName())) {
            throw new ServiceException("invalid gadget instance name: " + instance.getName());
        }
        return asked.toBuilder().setGadgetInstance(instance).build();
    }

    private synchronized void start(InstanceStore.Stored stored) {
        String id = stored.request().getGadgetInstance().getId();
        Instance instance = new Instance(
                stored, arena -> ring(id, stored.request().getEventBufferLength(), arena), info -> keepsInfo(id, info));
        InstanceRunner runner = new InstanceRunner(
                instance, requests, log, stored.state().digest(), digest -> pin(id, stored.state(), digest));
        runners.put(id, runner);
        runner.start();
    }

    private EventRing ring(String id, int asked, Arena arena) {
        int events = asked <= 0 ? USUAL_EVENTS : Math.min(asked, MOST_EVENTS);
        long bytes = EventRing.HEADER + events * BYTES_PER_EVENT;
        try {
            return new EventRing(store.ring(id, bytes, arena), events);
        } catch (IOException failed) {
            log.warn("the last events of instance " + id + " are kept in memory only: " + failed.getMessage());
            return new EventRing(arena.allocate(bytes, Long.BYTES), events);
        }
    }

    private boolean keepsInfo(String id, byte[] info) {
        try {
            return store.keepsInfo(id, info);
        } catch (IOException failed) {
            log.warn("storing the description of instance " + id + ": " + failed.getMessage());
            return false;
        }
    }

    private void pin(String id, InstanceStore.State before, String digest) {
        try {
            store.update(id, new InstanceStore.State(before.created(), digest));
        } catch (IOException failed) {
            log.warn("storing the image of instance " + id + ": " + failed.getMessage());
        }
    }

    /** All instances as clients see them, in the order of their creation. */
    synchronized List<Api.GadgetInstance> list() {
        List<Api.GadgetInstance> all = new ArrayList<>();
        for (InstanceRunner runner : runners.values()) {
            all.add(runner.instance().toWire());
        }
        return all;
    }

    /** The instances themselves, for metrics. */
    synchronized List<Instance> instances() {
        return runners.values().stream().map(InstanceRunner::instance).toList();
    }

    /** An instance by its id, by its name, or by the beginning of its id if only one has that. */
    synchronized Optional<Instance> find(String text) {
        InstanceRunner exact = runners.get(text);
        if (exact != null) {
            return Optional.of(exact.instance());
        }
        List<Instance> byPrefix = new ArrayList<>();
        for (InstanceRunner runner : runners.values()) {
            if (runner.instance().name().equals(text)) {
                return Optional.of(runner.instance());
            }
            if (!text.isEmpty() && runner.instance().id().startsWith(text)) {
                byPrefix.add(runner.instance());
            }
        }
        if (byPrefix.size() > 1) {
            throw new ServiceException("ambiguous names/ids: " + text);
        }
        return byPrefix.stream().findFirst();
    }

    /**
     * An instance by its whole id.
     *
     * @throws ServiceException when there is none
     */
    synchronized Instance require(String id) {
        InstanceRunner runner = runners.get(id);
        if (runner == null) {
            throw new ServiceException("gadget " + id + " not found");
        }
        return runner.instance();
    }

    /**
     * Removes an instance and waits until nothing is left of it.
     *
     * @throws ServiceException when there is none of that id
     */
    void remove(String id) {
        InstanceRunner runner;
        synchronized (this) {
            runner = runners.get(id);
            if (runner == null) {
                throw new ServiceException("gadget instance not found: \"" + id + "\"");
            }
            store.remove(id);
            runners.remove(id);
        }
        end(List.of(runner), Status.OK);
        // The runner may have stored something about its image since.
        store.remove(id);
    }

    /** Ends all instances; they stay on disk. */
    void shutDown(Status reason) {
        List<InstanceRunner> all;
        synchronized (this) {
            all = List.copyOf(runners.values());
            runners.clear();
        }
        end(all, reason);
    }

    private static void end(List<InstanceRunner> ending, Status reason) {
        ending.forEach(InstanceRunner::stop);
        for (InstanceRunner runner : ending) {
            runner.awaitEnd(PATIENCE);
            runner.instance().leave(reason);
            runner.instance().close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetIdentity;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Log;
import dev.jig.wire.Api;
import java.time.Duration;

/** One run of a gadget for somebody else, on the thread that calls {@link #run}. */
final class GadgetTask {
    private final GadgetContext context;
    private final GadgetHost host;
    private final Forwarder forwarder;
    private final Duration atMost;
    private volatile boolean stopped;

    /**
     * @param sink takes the data
     * @param atMost how long the gadget runs; zero until {@link #stop()}, negative for not at all
     */
    GadgetTask(
            RunRequests requests,
            Api.GadgetRunRequest request,
            EventSink sink,
            Log log,
            Duration atMost,
            GadgetIdentity owner) {
        this.host = requests.host();
        this.context = requests.context(request.getImageName(), request.getParamValuesMap(), log);
        context.put(GadgetIdentity.KEY, owner);
        this.forwarder = new Forwarder(sink, owner.id(), owner.name());
        this.atMost = atMost;
    }

    /** What the operators of the run share. */
    GadgetContext context() {
        return context;
    }

    /** Ends the run, from any thread and at any time. */
    void stop() {
        stopped = true;
        context.requestStop();
    }

    /** Whether somebody asked for the end. */
    boolean isStopped() {
        return stopped;
    }

    /**
     * Runs the gadget until it ends or is stopped.
     *
     * @param onStarted called when data flows
     * @throws RuntimeException when it cannot be started, or fails
     */
    void run(Runnable onStarted) {
        if (stopped) {
            return;
        }
        try (GadgetRun run = host.newRun(context, forwarder)) {
            run.prepare();
            RunRequests.check(context);
            if (stopped) {
                return;
            }
            run.start();
            onStarted.run();
            if (!atMost.isNegative()) {
                context.awaitStop(atMost);
            }
            run.stop();
        }
    }
}

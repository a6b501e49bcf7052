// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.wire.Api;

/**
 * How an instance does. A finished one keeps the status that upstream's clients know, and says so in its message.
 *
 * @param message why it failed, or that it finished
 */
record InstanceState(Phase phase, String message) {
    enum Phase {
        WAITING,
        RUNNING,
        FINISHED,
        FAILED
    }

    static final InstanceState WAITING = new InstanceState(Phase.WAITING, "");
    static final InstanceState RUNNING = new InstanceState(Phase.RUNNING, "");
    static final InstanceState FINISHED = new InstanceState(Phase.FINISHED, "finished");

    static InstanceState failed(String reason) {
        return new InstanceState(Phase.FAILED, reason);
    }

    boolean isFailed() {
        return phase == Phase.FAILED;
    }

    /** Whether nothing more will come. */
    boolean isOver() {
        return phase == Phase.FINISHED;
    }

    Api.GadgetInstanceState toWire() {
        Api.GadgetInstanceStatus status =
                isFailed() ? Api.GadgetInstanceStatus.StatusError : Api.GadgetInstanceStatus.StatusRunning;
        return Api.GadgetInstanceState.newBuilder()
                .setStatus(status)
                .setMessage(message)
                .build();
    }
}

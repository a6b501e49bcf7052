// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static java.util.Objects.requireNonNull;

import dev.jig.wire.Api;
import java.time.Duration;
import java.util.Map;

/** What a client asks daemons to show it. */
public sealed interface RunRequest {
    /**
     * A gadget that runs as long as the client wants it.
     *
     * @param params values by fully qualified names
     * @param atMost how long; zero until somebody ends it, negative for not at all
     * @param verbose whether messages that matter little are wanted
     */
    record Run(String image, Map<String, String> params, Duration atMost, boolean verbose) implements RunRequest {
        public Run {
            requireNonNull(image, "image is null");
            requireNonNull(atMost, "atMost is null");
        }
    }

    /**
     * A gadget that runs anyhow.
     *
     * @param id of the instance
     * @param image of the instance
     */
    record Attach(String id, String image) implements RunRequest {}

    /** The gadget's image, for messages. */
    String image();

    /** The first message of a stream. */
    default Api.GadgetControlRequest toWire() {
        Api.GadgetControlRequest.Builder request = Api.GadgetControlRequest.newBuilder();
        // Not a pattern switch: its bootstrap would cost milliseconds of each start.
        if (this instanceof Run run) {
            return request.setRunRequest(Api.GadgetRunRequest.newBuilder()
                            .setImageName(run.image())
                            .putAllParamValues(run.params())
                            .setVersion(Methods.VERSION)
                            .setLogLevel(LogLevels.most(run.verbose()))
                            .setTimeout(run.atMost().toNanos()))
                    .build();
        }
        Attach attach = (Attach) this;
        return request.setAttachRequest(
                        Api.GadgetAttachRequest.newBuilder().setId(attach.id()).setVersion(Methods.VERSION))
                .build();
    }
}

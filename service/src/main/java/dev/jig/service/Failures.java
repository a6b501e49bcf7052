// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;

/** How failures are told to clients: a sentence under the code {@code UNKNOWN}, as upstream's daemon does. */
final class Failures {
    private Failures() {}

    static Status status(Throwable failure) {
        return switch (failure) {
            case StatusRuntimeException known -> known.getStatus();
            case StatusException known -> known.getStatus();
            default -> Status.UNKNOWN.withDescription(text(failure)).withCause(failure);
        };
    }

    /** What went wrong, for people. */
    static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.toString() : message;
    }
}

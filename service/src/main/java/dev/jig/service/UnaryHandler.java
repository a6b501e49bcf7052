// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.Optional;
import java.util.function.Function;

/** Answers calls of one request and one answer. */
final class UnaryHandler<Q, A> implements ServerCallHandler<Q, A> {
    private final Function<Q, A> function;

    /**
     * @param function may take its time; what it throws is told to the client
     */
    UnaryHandler(Function<Q, A> function) {
        this.function = function;
    }

    @Override
    public ServerCall.Listener<Q> startCall(ServerCall<Q, A> call, Metadata headers) {
        // A second request would be a mistake that gRPC is to notice.
        call.request(2);
        return new Session(call);
    }

    private final class Session extends ServerCall.Listener<Q> {
        private final ServerCall<Q, A> call;
        private Optional<Q> request = Optional.empty();

        Session(ServerCall<Q, A> call) {
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            request = Optional.of(message);
        }

        @Override
        public void onHalfClose() {
            if (request.isEmpty()) {
                call.close(Status.INTERNAL.withDescription("a call without a request"), new Metadata());
                return;
            }
            try {
                A answer = function.apply(request.get());
                call.sendHeaders(new Metadata());
                call.sendMessage(answer);
                call.close(Status.OK, new Metadata());
            } catch (RuntimeException failure) {
                if (!call.isCancelled()) {
                    call.close(Failures.status(failure), new Metadata());
                }
            }
        }
    }
}

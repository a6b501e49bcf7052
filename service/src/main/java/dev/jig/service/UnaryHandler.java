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
    private final Answering<Q, A> answering;

    /** Answers a request; headers may tell more on both sides. */
    @FunctionalInterface
    interface Answering<Q, A> {
        /** May take its time; what it throws is told to the client. */
        A answer(Q request, Metadata asked, Metadata told);
    }

    UnaryHandler(Answering<Q, A> answering) {
        this.answering = answering;
    }

    /** For those who have nothing to do with headers. */
    static <Q, A> UnaryHandler<Q, A> of(Function<Q, A> function) {
        return new UnaryHandler<>((request, asked, told) -> function.apply(request));
    }

    @Override
    public ServerCall.Listener<Q> startCall(ServerCall<Q, A> call, Metadata headers) {
        // A second request would be a mistake that gRPC is to notice.
        call.request(2);
        return new Session(call, headers);
    }

    private final class Session extends ServerCall.Listener<Q> {
        private final ServerCall<Q, A> call;
        private final Metadata headers;
        private Optional<Q> request = Optional.empty();

        Session(ServerCall<Q, A> call, Metadata headers) {
            this.call = call;
            this.headers = headers;
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
                Metadata told = new Metadata();
                A answer = answering.answer(request.get(), headers, told);
                call.sendHeaders(told);
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

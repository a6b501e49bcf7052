// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.wire.Api;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.Optional;

/** Answers calls of {@code RunGadget}: by running a gadget for the client, or by attaching it to an instance. */
final class RunHandler implements ServerCallHandler<Api.GadgetControlRequest, byte[]> {
    /** Bytes that gRPC may hold for a client before it counts as not ready. */
    private static final int READY_BYTES = 1 << 18;

    private final ClientRuns runs;
    private final InstanceManager instances;

    RunHandler(ClientRuns runs, InstanceManager instances) {
        this.runs = runs;
        this.instances = instances;
    }

    @Override
    public ServerCall.Listener<Api.GadgetControlRequest> startCall(
            ServerCall<Api.GadgetControlRequest, byte[]> call, Metadata headers) {
        boolean batched = "1".equals(headers.get(Methods.BATCH));
        Metadata answer = new Metadata();
        if (batched) {
            answer.put(Methods.BATCH, "1");
        }
        call.setOnReadyThreshold(READY_BYTES);
        call.sendHeaders(answer);
        call.request(1);
        return new Session(call, runs.newStream(call, batched));
    }

    private final class Session extends ServerCall.Listener<Api.GadgetControlRequest> {
        private final ServerCall<Api.GadgetControlRequest, byte[]> call;
        private final EventStream stream;
        private Optional<GadgetTask> run = Optional.empty();
        private Optional<Instance> instance = Optional.empty();
        private boolean begun;

        Session(ServerCall<Api.GadgetControlRequest, byte[]> call, EventStream stream) {
            this.call = call;
            this.stream = stream;
        }

        @Override
        public void onMessage(Api.GadgetControlRequest request) {
            try {
                if (begun) {
                    control(request);
                } else {
                    begun = true;
                    begin(request);
                }
                call.request(1);
            } catch (RuntimeException refused) {
                stream.end(Failures.status(refused));
            }
        }

        private void begin(Api.GadgetControlRequest request) {
            if (request.hasRunRequest()) {
                run = Optional.of(runs.start(request.getRunRequest(), stream));
            } else if (request.hasAttachRequest()) {
                RunRequests.requireVersion(request.getAttachRequest().getVersion());
                Instance found = instances.require(request.getAttachRequest().getId());
                instance = Optional.of(found);
                runs.countAttached();
                found.attach(stream);
            } else {
                throw new ServiceException("expected first control message to be gadget run request");
            }
        }

        private void control(Api.GadgetControlRequest request) {
            if (request.hasStopRequest()) {
                run.ifPresent(GadgetTask::stop);
            }
        }

        @Override
        public void onHalfClose() {
            if (!begun) {
                stream.end(Status.UNKNOWN.withDescription("EOF"));
            }
            // A client that says no more has no way to stop its run: that counts as having left.
            run.ifPresent(GadgetTask::stop);
        }

        @Override
        public void onReady() {
            stream.wake();
        }

        @Override
        public void onCancel() {
            leave();
        }

        @Override
        public void onComplete() {
            leave();
        }

        private void leave() {
            run.ifPresent(GadgetTask::stop);
            instance.ifPresent(attached -> attached.detach(stream));
            runs.forget(stream);
            stream.wake();
        }
    }
}

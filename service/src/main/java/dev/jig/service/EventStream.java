// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.Log;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The events of one client on their way to it. Producers put them into a queue; one thread at a time takes them out and hands them to
 * gRPC, as long as the client reads.
 */
final class EventStream implements EventSink {
    /** Wakes the sender when a run produces without pause. */
    private static final int WAKE_AT = 256;

    private static final int BATCH_BYTES = 1 << 18;

    private final ServerCall<?, byte[]> call;
    private final boolean batched;
    private final EventQueue queue;
    private final Executor sender;
    /** How often sending was asked for since somebody began to send. */
    private final AtomicInteger requests = new AtomicInteger();

    private volatile Optional<Status> end = Optional.empty();
    /** Used again and again by the one who sends. */
    private final List<EventQueue.Numbered> batch = new ArrayList<>();

    private boolean closed;
    private boolean told;

    /**
     * @param batched whether the client takes many events in one message
     * @param sender runs the sending
     */
    EventStream(ServerCall<?, byte[]> call, boolean batched, EventQueue queue, Executor sender) {
        this.call = call;
        this.batched = batched;
        this.queue = queue;
        this.sender = sender;
    }

    @Override
    public void accept(Event event) {
        if (queue.offer(event) == WAKE_AT) {
            flush();
        }
    }

    @Override
    public boolean wantsFullLayouts() {
        return !batched;
    }

    @Override
    public void flush() {
        if (!queue.isEmpty()) {
            wake();
        }
    }

    /** Asks for sending: something waits, the client reads again, or the end has come. */
    void wake() {
        if (requests.getAndIncrement() == 0) {
            sender.execute(this::send);
        }
    }

    /** Ends the stream, once everything that waits has been sent. */
    void end(Status status) {
        if (end.isEmpty()) {
            end = Optional.of(status);
        }
        wake();
    }

    /** Forgets what waits: the client has left. */
    void discard() {
        queue.clear();
    }

    /** Packets that this client missed because it reads too slowly. */
    long dropped() {
        return queue.dropped();
    }

    private void send() {
        int seen = 1;
        do {
            seen = requests.get();
            sendWaiting();
        } while (requests.addAndGet(-seen) != 0);
    }

    private void sendWaiting() {
        if (closed) {
            return;
        }
        if (call.isCancelled()) {
            closed = true;
            queue.clear();
            return;
        }
        while (call.isReady()) {
            Optional<byte[]> message = batched ? nextBatch() : next();
            if (message.isEmpty()) {
                break;
            }
            call.sendMessage(message.get());
        }
        if (end.isPresent() && queue.isEmpty()) {
            close(end.get());
        }
    }

    private void close(Status status) {
        if (!told && queue.dropped() > 0) {
            told = true;
            queue.offer(Event.message(
                    Log.Level.WARN, queue.dropped() + " events were dropped, as this client reads too slowly"));
            sendWaiting();
            return;
        }
        closed = true;
        call.close(status, new Metadata());
    }

    private Optional<byte[]> next() {
        return queue.poll().map(EventStream::alone);
    }

    private static byte[] alone(EventQueue.Numbered next) {
        byte[] message = new byte[next.size()];
        EventCodec.write(next.event(), next.sequence(), message, 0);
        return message;
    }

    private Optional<byte[]> nextBatch() {
        batch.clear();
        queue.drain(batch, BATCH_BYTES);
        return batch.isEmpty() ? Optional.empty() : Optional.of(EventBatch.write(batch));
    }
}

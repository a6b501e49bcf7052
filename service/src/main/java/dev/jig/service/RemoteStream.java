// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.datasource.DataSourceType;
import dev.jig.gadget.Log;
import dev.jig.wire.Api;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one daemon tells about a run, event by event. */
final class RemoteStream extends ClientCall.Listener<byte[]> {
    private static final int BATCHED_EVENT = 1;
    private static final int LEGACY_RESULT = 1;
    private static final int LEGACY_JOB = 3;
    /** Messages that may arrive before somebody looks: reading itself is what holds the daemon back. */
    private static final int PLENTY = 1 << 30;

    private static final int NODE_WIDTH = 20;

    private final RemoteDaemon daemon;
    private final RemoteRun run;
    private final ClientCall<Api.GadgetControlRequest, byte[]> call;
    private final WireReader batch = new WireReader();
    private final WireReader fields = new WireReader();
    private final ReceivedEvent event = new ReceivedEvent();
    private final List<Known> sources = new ArrayList<>();
    private final byte[] nodeName;
    private boolean batched;
    private boolean described;
    private int expected = 1;
    /** Guarded by this: a call that was cancelled takes no messages. */
    private boolean left;

    private volatile Optional<String> problem = Optional.empty();

    /** A data source under this daemon's number for it. */
    private record Known(int id, PacketDecoder decoder, Optional<LayoutTranslation> translation) {
        ReceivedPacket translated(ReceivedPacket packet) {
            return translation.isEmpty()
                    ? packet
                    : translation.get().translate(packet, decoder.source().type() == DataSourceType.ARRAY);
        }
    }

    RemoteStream(RemoteDaemon daemon, RemoteRun run) {
        this.daemon = daemon;
        this.run = run;
        this.call = daemon.open(Methods.RUN_GADGET);
        this.nodeName = node().getBytes(StandardCharsets.UTF_8);
    }

    String node() {
        return daemon.target().node();
    }

    /** Why it ended, unless all is well. */
    Optional<String> problem() {
        return problem;
    }

    /** The sending side stays open: closing it would end the run. */
    void start(Api.GadgetControlRequest first) {
        Metadata headers = new Metadata();
        if (daemon.isBatched()) {
            headers.put(Methods.BATCH, "1");
        }
        call.start(this, headers);
        call.request(PLENTY);
        call.sendMessage(first);
    }

    /** Asks the daemon for the end, unless we have left already. */
    synchronized void stop() {
        if (left) {
            return;
        }
        call.sendMessage(Api.GadgetControlRequest.newBuilder()
                .setStopRequest(Api.GadgetStopRequest.getDefaultInstance())
                .build());
    }

    /** Leaves without asking. */
    synchronized void leave() {
        left = true;
        call.cancel("the client leaves", null);
    }

    /** Leaves, as something went wrong. */
    void giveUp(String reason) {
        if (problem.isEmpty()) {
            problem = Optional.of(reason);
        }
        leave();
    }

    @Override
    public void onHeaders(Metadata headers) {
        batched = "1".equals(headers.get(Methods.BATCH));
    }

    @Override
    public void onMessage(byte[] message) {
        try {
            if (!batched) {
                take(message, 0, message.length);
            } else {
                batch.open(message, 0, message.length);
                while (batch.next()) {
                    if (batch.field() == BATCHED_EVENT) {
                        batch.bytes();
                        take(message, batch.start(), batch.length());
                    } else {
                        batch.skip();
                    }
                }
            }
        } catch (RuntimeException failure) {
            giveUp(Failures.text(failure));
            if (!run.isReady()) {
                run.stopAll();
            }
        }
    }

    private void take(byte[] message, int offset, int length) {
        fields.open(message, offset, length);
        EventCodec.read(fields, event);
        int level = Event.levelOf(event.type);
        if (level > 0) {
            String text = new String(message, event.offset, event.length, StandardCharsets.UTF_8);
            say(LogLevels.fromWire(level), text);
        } else if (event.type == Event.PACKET) {
            takePacket(message);
        } else if (event.type == Event.GADGET_INFO) {
            describe(RemoteSources.parse(message, event.offset, event.length));
        } else if (event.type != LEGACY_RESULT && event.type != LEGACY_JOB) {
            say(Log.Level.WARN, "unknown payload type " + event.type);
        }
    }

    private void describe(Api.GadgetInfo info) {
        run.describe(info);
        sources.clear();
        for (Api.DataSource wire : info.getDataSourcesList()) {
            if (run.sources().knows(wire.getName())) {
                sources.add(known(wire));
            } else {
                say(
                        Log.Level.WARN,
                        "the first node has no data source \"" + wire.getName() + "\": its records are not shown");
            }
        }
        described = true;
        run.flushSoon();
    }

    private Known known(Api.DataSource wire) {
        Optional<LayoutTranslation> translation = run.sources().translation(wire);
        translation
                .map(LayoutTranslation::missing)
                .filter(missing -> !missing.isEmpty())
                .ifPresent(missing -> say(
                        Log.Level.WARN,
                        "data source \"" + wire.getName() + "\" has no " + String.join(", ", missing)
                                + " here: shown as empty"));
        return new Known(wire.getId(), run.decoder(wire.getName()), translation);
    }

    private void takePacket(byte[] message) {
        if (!described) {
            say(Log.Level.WARN, "received payload without being initialized");
            return;
        }
        long missed = Integer.toUnsignedLong(event.seq - expected);
        if (missed != 0) {
            tellMissed(missed);
        }
        expected = event.seq + 1;
        for (int i = 0; i < sources.size(); i++) {
            Known known = sources.get(i);
            if (known.id == event.dataSource) {
                run.take(
                        this,
                        known.decoder,
                        known.translated(new ReceivedPacket(message, event.offset, event.length, nodeName)));
                return;
            }
        }
    }

    private void tellMissed(long missed) {
        say(
                Log.Level.WARN,
                "expected seq " + Integer.toUnsignedString(expected) + ", got " + Integer.toUnsignedString(event.seq)
                        + ", " + missed + " messages dropped");
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).id == event.dataSource) {
                run.context().count(sources.get(i).decoder.source()).lost(missed);
            }
        }
    }

    private void say(Log.Level level, String text) {
        StringBuilder line = new StringBuilder(node());
        line.repeat(' ', Math.max(0, NODE_WIDTH - line.length()));
        run.context().log().log(level, line.append(" | ").append(text).toString());
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        boolean byChoice = status.getCode() == Status.Code.CANCELLED && (run.isStopping() || problem.isPresent());
        if (!status.isOk() && !byChoice && problem.isEmpty()) {
            problem = Optional.of(Failures.text(daemon.problem(status)));
        }
        run.streamEnded(this);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetContext;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Merges the arrays of several daemons: one of each makes one here. A daemon that has ended is not waited for, one that is slow only until
 * another one is ahead of it by a few arrays, or some seconds have passed. Used on the loop only.
 */
final class ArrayMerger {
    private static final int MOST_AHEAD = 4;
    private static final long PATIENCE_SECONDS = 5;

    private final PacketDecoder decoder;
    private final GadgetContext context;
    private final EventLoop loop;
    private final Map<RemoteStream, ArrayDeque<ReceivedPacket>> waiting = new LinkedHashMap<>();
    private long rounds;
    private boolean told;

    ArrayMerger(PacketDecoder decoder, GadgetContext context, EventLoop loop, List<RemoteStream> streams) {
        this.decoder = decoder;
        this.context = context;
        this.loop = loop;
        streams.forEach(stream -> waiting.put(stream, new ArrayDeque<>()));
    }

    void add(RemoteStream from, ReceivedPacket packet) {
        ArrayDeque<ReceivedPacket> packets = waiting.computeIfAbsent(from, ignored -> new ArrayDeque<>());
        boolean first = waiting.values().stream().allMatch(ArrayDeque::isEmpty);
        packets.add(packet);
        if (first) {
            long round = rounds;
            var _ = loop.schedule(() -> giveUp(round), PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        if (packets.size() >= MOST_AHEAD) {
            emit();
        }
        emitComplete();
    }

    /** Nothing more comes from a daemon. */
    void end(RemoteStream stream) {
        ArrayDeque<ReceivedPacket> rest = waiting.get(stream);
        if (rest != null && rest.isEmpty()) {
            waiting.remove(stream);
        }
        emitComplete();
    }

    /** Nothing more comes from anybody. */
    void finish() {
        while (waiting.values().stream().anyMatch(packets -> !packets.isEmpty())) {
            emit();
        }
    }

    private void giveUp(long round) {
        if (round == rounds) {
            long present = waiting.values().stream()
                    .filter(packets -> !packets.isEmpty())
                    .count();
            if (!told && present > 0) {
                told = true;
                context.log()
                        .warn("Data is incomplete: timeout waiting for data from all targets (" + present + "/"
                                + waiting.size() + ")");
            }
            finish();
        }
    }

    private void emitComplete() {
        while (!waiting.isEmpty() && waiting.values().stream().noneMatch(ArrayDeque::isEmpty)) {
            emit();
        }
    }

    private void emit() {
        rounds++;
        List<ReceivedPacket> parts = new ArrayList<>();
        for (ArrayDeque<ReceivedPacket> packets : waiting.values()) {
            if (!packets.isEmpty()) {
                parts.add(packets.poll());
            }
        }
        if (!parts.isEmpty()) {
            DataSource source = decoder.source();
            context.count(source).delivered(decoder.emit(parts));
        }
    }
}

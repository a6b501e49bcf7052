// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Events that wait for one client. When it is full, new packets are dropped and counted: whoever produces them never waits. Packets are
 * numbered from one on, the dropped ones too, so that the client sees what it misses. Descriptions and messages always find room.
 */
final class EventQueue {
    /** Bytes that may wait, whatever the number of events. */
    private static final long MOST_BYTES = 64L << 20;

    private static final int MOST_MESSAGES = 1024;

    private final ArrayDeque<Numbered> waiting = new ArrayDeque<>();
    private final int capacity;
    private long bytes;
    private int packets;
    private int sequence;
    private long dropped;

    /**
     * An event with its number for this client.
     *
     * @param sequence zero for what is no packet
     */
    record Numbered(Event event, int sequence) {
        int size() {
            return EventCodec.size(event, sequence);
        }
    }

    /**
     * @param capacity packets that may wait
     */
    EventQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Takes an event if there is room; returns how many wait now. */
    synchronized int offer(Event event) {
        if (!event.isPacket()) {
            if (waiting.size() - packets < MOST_MESSAGES || event.type() == Event.GADGET_INFO) {
                waiting.add(new Numbered(event, 0));
            }
            return waiting.size();
        }
        int number = ++sequence;
        int size = event.payload().length;
        if (packets >= capacity || (packets > 0 && bytes + size > MOST_BYTES)) {
            dropped++;
        } else {
            waiting.add(new Numbered(event, number));
            packets++;
            bytes += size;
        }
        return waiting.size();
    }

    /** The next event. */
    synchronized Optional<Numbered> poll() {
        Numbered next = waiting.poll();
        if (next == null) {
            return Optional.empty();
        }
        if (next.event().isPacket()) {
            packets--;
            bytes -= next.event().payload().length;
        }
        return Optional.of(next);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Forgets everything that waits. */
    synchronized void clear() {
        waiting.clear();
        packets = 0;
        bytes = 0;
    }

    /** Packets dropped so far. */
    synchronized long dropped() {
        return dropped;
    }
}

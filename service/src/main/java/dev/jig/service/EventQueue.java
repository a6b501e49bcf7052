// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events that wait for one client. When it is full, new packets are dropped and counted: whoever produces them never waits. Packets are
 * numbered from one on, the dropped ones too, so that the client sees what it misses. Descriptions and messages always find room.
 */
final class EventQueue {
    /** Bytes that may wait, whatever the number of events. */
    private static final long MOST_BYTES = 64L << 20;

    private static final int MOST_MESSAGES = 1024;

    /** Bytes that may wait in all queues of a daemon together. */
    private static final long MOST_BYTES_OF_ALL = 160L << 20;

    private final AtomicLong bytesOfAll;

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
     * @param bytesOfAll shared by all queues of a daemon
     */
    EventQueue(int capacity, AtomicLong bytesOfAll) {
        this.capacity = capacity;
        this.bytesOfAll = bytesOfAll;
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
        boolean heavy = bytes + size > MOST_BYTES || bytesOfAll.get() + size > MOST_BYTES_OF_ALL;
        if (packets >= capacity || (packets > 0 && heavy)) {
            dropped++;
        } else {
            waiting.add(new Numbered(event, number));
            packets++;
            count(size);
        }
        return waiting.size();
    }

    private void count(long size) {
        bytes += size;
        bytesOfAll.addAndGet(size);
    }

    /** The next event. */
    synchronized Optional<Numbered> poll() {
        Numbered next = waiting.poll();
        if (next == null) {
            return Optional.empty();
        }
        leave(next);
        return Optional.of(next);
    }

    private void leave(Numbered next) {
        if (next.event().isPacket()) {
            packets--;
            count(-next.event().payload().length);
        }
    }

    /** Takes events out until they have so many bytes together. */
    synchronized void drain(List<Numbered> target, int atMost) {
        int taken = 0;
        while (taken < atMost) {
            Numbered next = waiting.poll();
            if (next == null) {
                return;
            }
            leave(next);
            target.add(next);
            taken += next.event().payload().length;
        }
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Forgets everything that waits. */
    synchronized void clear() {
        waiting.clear();
        packets = 0;
        count(-bytes);
    }

    /** Packets dropped so far. */
    synchronized long dropped() {
        return dropped;
    }
}

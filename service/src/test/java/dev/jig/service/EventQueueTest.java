// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.gadget.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private final AtomicLong waiting = new AtomicLong();
    private final EventQueue queue = new EventQueue(2, waiting);

    private static Event packet() {
        return Event.packet(0, new byte[1]);
    }

    @Test
    void shouldNumberPacketsOnly() {
        queue.offer(Event.gadgetInfo(new byte[0]));
        queue.offer(packet());
        queue.offer(packet());
        assertThat(queue.poll().orElseThrow().sequence()).isZero();
        assertThat(queue.poll().orElseThrow().sequence()).isEqualTo(1);
        assertThat(queue.poll().orElseThrow().sequence()).isEqualTo(2);
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void shouldDropNewPacketsAndCountThem() {
        queue.offer(packet());
        queue.offer(packet());
        queue.offer(packet());
        assertThat(queue.dropped()).isEqualTo(1);
        queue.poll();
        queue.offer(packet());
        assertThat(queue.poll().orElseThrow().sequence()).isEqualTo(2);
        assertThat(queue.poll().orElseThrow().sequence()).isEqualTo(4);
    }

    @Test
    void shouldHaveRoomForMessages() {
        queue.offer(packet());
        queue.offer(packet());
        queue.offer(Event.message(Log.Level.WARN, "late"));
        queue.poll();
        queue.poll();
        assertThat(queue.poll().orElseThrow().event().type()).isEqualTo(3 << 16);
    }

    @Test
    void shouldNotTakeMessagesWithoutEnd() {
        for (int i = 0; i < 10_000; i++) {
            queue.offer(Event.message(Log.Level.INFO, "again"));
        }
        assertThat(queue.offer(packet())).isLessThan(2000);
        queue.clear();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void shouldCountTheBytesOfAllQueues() {
        queue.offer(packet());
        queue.offer(packet());
        assertThat(waiting).hasValue(2);
        List<EventQueue.Numbered> taken = new ArrayList<>();
        queue.drain(taken, 1);
        assertThat(taken).hasSize(1);
        assertThat(waiting).hasValue(1);
        queue.clear();
        assertThat(waiting).hasValue(0);
        waiting.set(1L << 40);
        queue.offer(packet());
        queue.offer(packet());
        assertThat(queue.dropped()).isEqualTo(1);
    }
}

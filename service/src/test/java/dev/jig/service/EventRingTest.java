// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventRingTest {
    private final MemorySegment memory = Arena.ofAuto().allocate(EventRing.HEADER + 256, 8);

    private static Event event(String text) {
        return Event.packet(3, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> content(EventRing ring) {
        List<String> content = new ArrayList<>();
        ring.replay(event -> content.add(new String(event.payload(), StandardCharsets.UTF_8)));
        return content;
    }

    @Test
    void shouldKeepTheLastPackets() {
        EventRing ring = new EventRing(memory, 2);
        ring.add(event("a"));
        ring.add(event("b"));
        ring.add(event("c"));
        assertThat(content(ring)).containsExactly("b", "c");
        ring.replay(event -> assertThat(event.dataSource()).isEqualTo(3));
    }

    @Test
    void shouldMakeRoom() {
        EventRing ring = new EventRing(memory, 1000);
        for (int i = 0; i < 100; i++) {
            ring.add(event("packet number " + i));
        }
        List<String> content = content(ring);
        assertThat(content).hasSize(ring.size()).endsWith("packet number 98", "packet number 99");
    }

    @Test
    void shouldNotKeepWhatIsTooLarge() {
        EventRing ring = new EventRing(memory, 10);
        ring.add(event("a"));
        ring.add(event("x".repeat(200)));
        assertThat(content(ring)).containsExactly("a");
    }

    @Test
    void shouldGoOnWhereAnEarlierOneEnded() {
        EventRing before = new EventRing(memory, 10);
        for (int i = 0; i < 30; i++) {
            before.add(event("p" + i));
        }
        EventRing after = new EventRing(memory, 10);
        assertThat(content(after)).isEqualTo(content(before));
        after.add(event("new"));
        assertThat(content(after)).endsWith("p29", "new");
    }

    @Test
    void shouldStartAnewInDamagedMemory() {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            EventRing ring = new EventRing(memory, 10);
            for (int i = 0; i < 20; i++) {
                ring.add(event("p".repeat(random.nextInt(60))));
            }
            for (int i = 0; i < 4; i++) {
                memory.set(ValueLayout.JAVA_BYTE, random.nextLong(memory.byteSize()), (byte) random.nextInt());
            }
            EventRing damaged = new EventRing(memory, 10);
            assertThat(content(damaged)).hasSize(damaged.size());
            damaged.add(event("works"));
            assertThat(content(damaged)).endsWith("works");
        }
    }
}

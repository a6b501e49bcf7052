// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.Counting;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.testing.HostTest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rings that the kernel really writes to. */
@HostTest
@Timeout(60)
class RingReaderTest {
    private static final int SIZE = 4096;

    private final BpfMap map = BpfMap.create(MapDefinition.of("ring", MapType.RINGBUF, 0, 0, SIZE));
    private final RingBuffer ring = new RingBuffer(map);
    private final Counting counting = new Counting();
    private final List<Long> numbers = new ArrayList<>();

    @AfterEach
    void close() {
        counting.close();
        ring.close();
        map.close();
    }

    private void collect(MemorySegment memory, long offset, int length) {
        assertThat(length).isEqualTo(24);
        numbers.add(memory.get(ValueLayout.JAVA_LONG, offset));
    }

    @Test
    void shouldReadWhatAProgramWritesRoundAndRound() {
        try (BpfProgram program = counting.writingTo(map, 24)) {
            for (int i = 0; i < 50; i++) {
                Counting.run(program, 100);
                assertThat(ring.drain(this::collect, Integer.MAX_VALUE)).isEqualTo(100);
            }
        }
        assertThat(numbers)
                .hasSize(5000)
                .startsWith(1L, 2L, 3L)
                .endsWith(4999L, 5000L)
                .isSorted();
    }

    @Test
    void shouldSeeWhatAFullRingLost() {
        try (BpfProgram program = counting.writingTo(map, 24)) {
            Counting.run(program, 1000);
            ring.drain(this::collect, Integer.MAX_VALUE);
            assertThat(counting.count()).isEqualTo(1000);
            assertThat(numbers).hasSizeLessThanOrEqualTo(SIZE / 32).hasSizeGreaterThanOrEqualTo(SIZE / 32 - 1);
            Counting.run(program, 1);
            ring.drain(this::collect, Integer.MAX_VALUE);
            assertThat(numbers.getLast()).isEqualTo(1001);
        }
    }

    @Test
    void shouldPassOverWhatAProgramDiscards() {
        try (BpfProgram program = counting.discardingIn(map)) {
            Counting.run(program, 3);
            assertThat(ring.drain(this::collect, Integer.MAX_VALUE)).isEqualTo(3);
            assertThat(numbers).isEmpty();
        }
    }

    @Test
    void shouldBeWokenForSingleRecords() throws InterruptedException {
        List<CountDownLatch> arrived = List.of(new CountDownLatch(1), new CountDownLatch(2), new CountDownLatch(3));
        RecordHandler handler = (memory, offset, length) -> arrived.forEach(CountDownLatch::countDown);
        try (BpfProgram program = counting.writingTo(map, 24);
                RingReader reader = new RingReader()) {
            reader.add(ring, handler);
            Thread thread = Thread.ofPlatform().start(reader::run);
            for (CountDownLatch latch : arrived) {
                Counting.run(program, 1);
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            }
            reader.stop();
            thread.join();
        }
    }

    @Test
    void shouldHandOutWhatIsLeftWhenItIsStopped() {
        AtomicInteger batches = new AtomicInteger();
        RecordHandler handler = new RecordHandler() {
            @Override
            public void onRecord(MemorySegment memory, long offset, int length) {
                collect(memory, offset, length);
            }

            @Override
            public void onBatchEnd() {
                batches.incrementAndGet();
            }
        };
        try (BpfProgram program = counting.writingTo(map, 24);
                RingReader reader = new RingReader()) {
            reader.add(ring, handler);
            Counting.run(program, 10);
            reader.stop();
            reader.run();
        }
        assertThat(numbers).hasSize(10);
        assertThat(batches).hasValue(1);
    }

    @Test
    void shouldReadSeveralRings() {
        MapDefinition definition = MapDefinition.of("ring", MapType.RINGBUF, 0, 0, SIZE);
        try (BpfMap otherMap = BpfMap.create(definition);
                RingBuffer otherRing = new RingBuffer(otherMap);
                BpfProgram first = counting.writingTo(map, 24);
                BpfProgram second = counting.writingTo(otherMap, 24);
                RingReader reader = new RingReader()) {
            reader.add(ring, this::collect);
            reader.add(otherRing, this::collect);
            Counting.run(first, 2);
            Counting.run(second, 3);
            reader.stop();
            reader.run();
        }
        assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
}

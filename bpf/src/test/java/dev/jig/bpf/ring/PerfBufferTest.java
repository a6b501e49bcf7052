// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.Counting;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.map.PossibleCpus;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.testing.HostTest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Perf buffers that the kernel really writes to. */
@HostTest
@Timeout(60)
class PerfBufferTest {
    private static final int SIZE = 4096;
    private static final int RECORD = 32;

    private final BpfMap map =
            BpfMap.create(MapDefinition.of("perf", MapType.PERF_EVENT_ARRAY, 4, 4, PossibleCpus.count()));
    private final PerfBuffer buffer = new PerfBuffer(map, SIZE);
    private final Counting counting = new Counting();
    private final List<Long> numbers = new ArrayList<>();

    @AfterEach
    void close() {
        counting.close();
        buffer.close();
        map.close();
    }

    private void collect(MemorySegment memory, long offset, int length) {
        assertThat(length).isBetween(8, 12);
        numbers.add(memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset));
    }

    @Test
    void shouldReadWhatAProgramWritesRoundAndRound() {
        buffer.finish();
        try (BpfProgram program = counting.writingToPerf(map)) {
            for (int i = 0; i < 50; i++) {
                Counting.run(program, 100);
                assertThat(buffer.drain(this::collect, Integer.MAX_VALUE)).isEqualTo(100);
            }
        }
        assertThat(numbers)
                .hasSize(5000)
                .startsWith(1L, 2L, 3L)
                .endsWith(4999L, 5000L)
                .isSorted();
        assertThat(buffer.lost()).isZero();
    }

    @Test
    void shouldCountExactlyWhatAFullBufferLost() {
        buffer.finish();
        try (BpfProgram program = counting.writingToPerf(map)) {
            for (int i = 0; i < 10; i++) {
                Counting.run(program, 1000);
                // What is lost last shows on old kernels only with the next record.
                buffer.drain(this::collect, Integer.MAX_VALUE);
                Counting.run(program, 1);
                buffer.drain(this::collect, Integer.MAX_VALUE);
            }
            assertThat(counting.count()).isEqualTo(10_010);
            assertThat(numbers.size() + buffer.lost()).isEqualTo(10_010);
            assertThat(numbers).hasSizeLessThan(10 * (2 * SIZE / RECORD + 1)).isSorted();
        }
    }

    @Test
    void shouldWakeForSingleRecords() throws InterruptedException {
        List<CountDownLatch> arrived = List.of(new CountDownLatch(1), new CountDownLatch(2), new CountDownLatch(3));
        RecordHandler handler = (memory, offset, length) -> arrived.forEach(CountDownLatch::countDown);
        try (BpfProgram program = counting.writingToPerf(map);
                RingReader reader = new RingReader()) {
            reader.add(buffer, handler);
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
    void shouldHandOutWhatIsLeftWhenTheReaderIsStopped() {
        try (BpfProgram program = counting.writingToPerf(map);
                RingReader reader = new RingReader()) {
            reader.add(buffer, this::collect);
            Counting.run(program, 50);
            reader.stop();
            reader.run();
        }
        assertThat(numbers).hasSize(50);
    }

    @Test
    void shouldNeedRoomForAProcessor() {
        MapDefinition none = MapDefinition.of("perf", MapType.PERF_EVENT_ARRAY, 4, 4, 0);
        assertThatThrownBy(() -> new PerfBuffer(BpfMap.adopt(none, map.descriptor()), SIZE))
                .isInstanceOf(BpfException.class)
                .hasMessage("perf buffer \"perf\" has no room for any processor");
    }
}

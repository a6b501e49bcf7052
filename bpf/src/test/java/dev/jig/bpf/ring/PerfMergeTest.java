// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PerfMergeTest {
    private static final int SIZE = 4096;
    private static final long ALL = PerfRing.NEVER - 1;

    private final Arena arena = Arena.ofConfined();
    private final List<Long> values = new ArrayList<>();
    private final RecordHandler handler = this::collect;

    @AfterEach
    void close() {
        arena.close();
    }

    private void collect(MemorySegment memory, long offset, int length) {
        long value = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
        for (int i = 0; i + 8 <= length; i += 8) {
            assertThat(memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + i)).isEqualTo(value);
        }
        values.add(value);
    }

    @Test
    void shouldHandOutRecordsInTheOrderOfTheirTimes() {
        FakePerfRing one = new FakePerfRing(arena, SIZE, 0)
                .sample(10, 1, 1)
                .sample(20, 1, 2)
                .sample(50, 1, 5);
        FakePerfRing other = new FakePerfRing(arena, SIZE, 4096 * 7 - 48)
                .sample(30, 1, 3)
                .sample(40, 1, 4)
                .sample(60, 1, 6);
        PerfMerge merge = new PerfMerge(one.open(arena), other.open(arena));

        assertThat(merge.drain(handler, 100, ALL)).isEqualTo(6);

        assertThat(values).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(one.tail()).isEqualTo(96);
        assertThat(other.tail()).isEqualTo(4096 * 7 + 48);
    }

    @Test
    void shouldKeepWhatIsTooNew() {
        FakePerfRing ring = new FakePerfRing(arena, SIZE, 0).sample(10, 1, 1).sample(20, 1, 2);
        PerfMerge merge = new PerfMerge(ring.open(arena));

        assertThat(merge.drain(handler, 100, 15)).isEqualTo(1);
        assertThat(merge.drain(handler, 100, 15)).isZero();
        assertThat(merge.drain(handler, 100, 20)).isEqualTo(1);

        assertThat(values).containsExactly(1L, 2L);
    }

    @Test
    void shouldNotKeepWhatFillsHalfOfARing() {
        FakePerfRing ring = new FakePerfRing(arena, SIZE, 0);
        for (int i = 0; i < 80; i++) {
            ring.sample(100 + i, 1, i);
        }
        PerfMerge merge = new PerfMerge(ring.open(arena));

        merge.drain(handler, 1000, 0);

        assertThat(values).hasSizeBetween(16, 20);
    }

    @Test
    void shouldStopAtTheLimit() {
        FakePerfRing ring =
                new FakePerfRing(arena, SIZE, 0).sample(1, 1, 1).sample(2, 1, 2).sample(3, 1, 3);

        assertThat(new PerfMerge(ring.open(arena)).drain(handler, 2, ALL)).isEqualTo(2);

        assertThat(values).containsExactly(1L, 2L);
    }

    @Test
    void shouldJoinWhatGoesOnAtTheBeginning() {
        for (int before = 8; before <= 416; before += 8) {
            values.clear();
            FakePerfRing ring = new FakePerfRing(arena, SIZE, SIZE - before).sample(1, 48, 0x1234_5678_9abc_def0L);

            new PerfMerge(ring.open(arena)).drain(handler, 2, ALL);

            assertThat(values).as("%d bytes before the end", before).containsExactly(0x1234_5678_9abc_def0L);
        }
    }

    @Test
    void shouldCountLossesAndPassOverOtherRecords() {
        FakePerfRing fake = new FakePerfRing(arena, SIZE, 0)
                .lost(3)
                .other(FakePerfRing.THROTTLE, 40, 40)
                .sample(5, 1, 7)
                .lost(4);
        PerfRing ring = fake.open(arena);
        PerfMerge merge = new PerfMerge(ring);

        merge.drain(handler, 100, ALL);

        assertThat(values).containsExactly(7L);
        assertThat(ring.lost()).isEqualTo(7);
        assertThat(ring.time()).isEqualTo(PerfRing.NEVER);
        assertThat(ring.pending()).isZero();
    }

    @Test
    void shouldNotBelieveSizesThatCannotBe() {
        for (int claimed : new int[] {0, 7, 48}) {
            PerfMerge merge = new PerfMerge(new FakePerfRing(arena, SIZE, 0)
                    .other(FakePerfRing.THROTTLE, claimed, 40)
                    .open(arena));
            assertThatThrownBy(() -> merge.drain(handler, 1, ALL))
                    .isInstanceOf(BpfException.class)
                    .hasMessage("perf buffer: record of " + claimed + " bytes where 40 were written");
        }
        for (int length : new int[] {-1, 13, Integer.MAX_VALUE}) {
            PerfMerge merge =
                    new PerfMerge(new FakePerfRing(arena, SIZE, 0).lying(length).open(arena));
            assertThatThrownBy(() -> merge.drain(handler, 1, ALL))
                    .isInstanceOf(BpfException.class)
                    .hasMessage("perf buffer: record of 32 bytes claims a content of " + length);
        }
    }
}

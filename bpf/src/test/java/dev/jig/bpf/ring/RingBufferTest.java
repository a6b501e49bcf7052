// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingBufferTest {
    private static final int SIZE = 4096;
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    private final List<String> records = new ArrayList<>();
    private final RecordHandler collect = this::collect;
    private FakeRing kernel;

    @BeforeEach
    void createRing() throws IOException {
        kernel = new FakeRing(directory, SIZE);
    }

    @AfterEach
    void closeRing() {
        kernel.close();
    }

    private void collect(MemorySegment memory, long offset, int length) {
        byte first = length == 0 ? 0 : memory.get(ValueLayout.JAVA_BYTE, offset);
        for (int i = 0; i < length; i++) {
            assertThat(memory.get(ValueLayout.JAVA_BYTE, offset + i)).isEqualTo(first);
        }
        records.add(length + "x" + first);
    }

    @Test
    void shouldHandOutRecordsInOrder() {
        try (RingBuffer ring = new RingBuffer(kernel.map())) {
            assertThat(ring.drain(collect, ALL)).isZero();
            kernel.add(8, 0, 1);
            kernel.add(13, 0, 2);
            kernel.add(0, 0, 0);
            assertThat(ring.pending()).isEqualTo(16 + 24 + 8);
            assertThat(ring.drain(collect, ALL)).isEqualTo(3);
            assertThat(ring.pending()).isZero();
        }
        assertThat(records).containsExactly("8x1", "13x2", "0x0");
    }

    @Test
    void shouldPassOverDiscardedRecords() {
        kernel.add(8, FakeRing.DISCARDED, 1);
        kernel.add(8, 0, 2);
        try (RingBuffer ring = new RingBuffer(kernel.map())) {
            assertThat(ring.drain(collect, ALL)).isEqualTo(2);
        }
        assertThat(records).containsExactly("8x2");
    }

    @Test
    void shouldWaitForRecordsThatAreBeingWritten() {
        kernel.add(8, 0, 1);
        long busy = kernel.add(8, FakeRing.BUSY, 2);
        kernel.add(8, 0, 3);
        try (RingBuffer ring = new RingBuffer(kernel.map())) {
            assertThat(ring.drain(collect, ALL)).isEqualTo(1);
            assertThat(ring.release()).as("will be woken").isFalse();
            kernel.commit(busy, 8);
            assertThat(ring.release()).as("came too late to be woken").isTrue();
            assertThat(ring.drain(collect, ALL)).isEqualTo(2);
        }
        assertThat(records).containsExactly("8x1", "8x2", "8x3");
    }

    @Test
    void shouldNotSplitRecordsAtTheEndOfTheRing() {
        kernel.startingAt(10L * SIZE - 24);
        try (RingBuffer ring = new RingBuffer(kernel.map())) {
            kernel.add(100, 0, 7);
            kernel.add(8, 0, 8);
            assertThat(ring.drain(collect, ALL)).isEqualTo(2);
        }
        assertThat(records).containsExactly("100x7", "8x8");
    }

    @Test
    void shouldStayJustBehindTheLastRecordUntilReleased() {
        try (RingBuffer ring = new RingBuffer(kernel.map())) {
            kernel.add(8, 0, 1);
            long last = kernel.add(8, 0, 2);
            ring.drain(collect, ALL);
            assertThat(kernel.publishedPosition()).isEqualTo(last);
            assertThat(ring.release()).isFalse();
            assertThat(kernel.publishedPosition()).isEqualTo(32);
            kernel.add(8, 0, 3);
            assertThat(ring.release()).isTrue();
        }
    }

    @Test
    void shouldGiveSpaceBackDuringLongBatches() {
        for (int i = 0; i < 300; i++) {
            kernel.add(0, 0, 0);
        }
        List<Long> published = new ArrayList<>();
        try (RingBuffer ring = new RingBuffer(kernel.map())) {
            ring.drain((memory, offset, length) -> published.add(kernel.publishedPosition()), ALL);
        }
        assertThat(published.subList(0, 256)).containsOnly(0L);
        // Up to the record before the last that was handed out: 255 records of a header each.
        assertThat(published.subList(256, 300)).containsOnly(255 * 8L);
    }

    @Test
    void shouldTakeNoMoreThanTheLimit() {
        kernel.add(8, 0, 1);
        kernel.add(8, 0, 2);
        try (RingBuffer ring = new RingBuffer(kernel.map())) {
            assertThat(ring.drain(collect, 1)).isEqualTo(1);
            assertThat(records).containsExactly("8x1");
            assertThat(ring.drain(collect, 1)).isEqualTo(1);
            assertThat(records).containsExactly("8x1", "8x2");
        }
    }

    @Test
    void shouldNotRepeatARecordThatItsHandlerFailedOn() {
        kernel.add(8, 0, 1);
        kernel.add(8, 0, 2);
        try (RingBuffer ring = new RingBuffer(kernel.map())) {
            assertThatThrownBy(() -> ring.drain(
                            (memory, offset, length) -> {
                                throw new IllegalStateException("full");
                            },
                            ALL))
                    .hasMessage("full");
            assertThat(ring.drain(collect, ALL)).isEqualTo(1);
        }
        assertThat(records).containsExactly("8x2");
    }

    @Test
    void shouldGoOnWhereAnotherReaderStopped() {
        kernel.add(8, 0, 1);
        try (RingBuffer ring = new RingBuffer(kernel.map())) {
            ring.drain(collect, ALL);
            ring.release();
        }
        kernel.add(8, 0, 2);
        try (RingBuffer ring = new RingBuffer(kernel.map())) {
            ring.drain(collect, ALL);
        }
        assertThat(records).containsExactly("8x1", "8x2");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.datasource.Utf8Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimeMergeTest {
    private final StringBuilder written = new StringBuilder();
    private boolean open = true;

    private final Output output = new Output() {
        @Override
        public boolean write(Utf8Buffer bytes) {
            written.append(bytes);
            return open;
        }

        @Override
        public boolean isTerminal() {
            return false;
        }

        @Override
        public int terminalWidth() {
            return 0;
        }
    };

    private TimeMerge merge(int room) {
        return new TimeMerge(output, Duration.ofNanos(100), () -> {}, room);
    }

    private static void add(TimeMerge merge, long time, String text, LateMark mark) {
        try (Utf8Buffer buffer = new Utf8Buffer(16)) {
            buffer.append(text);
            merge.add(time, buffer, mark);
        }
    }

    private static void add(TimeMerge merge, long time, String text) {
        add(merge, time, text, LateMark.JSON);
    }

    @Test
    void shouldPrintInTheOrderOfTime() {
        try (TimeMerge merge = merge(1000)) {
            add(merge, 30, "c");
            add(merge, 10, "a");
            add(merge, 20, "b");
            add(merge, 20, "B");
            assertThat(written).isEmpty();
            merge.flush(120);
            assertThat(written.toString()).isEqualTo("abB");
            assertThat(merge.late()).isZero();
        }
        assertThat(written.toString()).isEqualTo("abBc");
    }

    @Test
    void shouldNotWaitLongerThanTheWindow() {
        try (TimeMerge merge = merge(1000)) {
            add(merge, 10, "a");
            add(merge, 200, "b");
            merge.flush(0);
            assertThat(written.toString()).isEqualTo("a");
        }
    }

    @Test
    void shouldMarkWhatIsLateAndDropNothing() {
        try (TimeMerge merge = merge(1000)) {
            add(merge, 1000, "{\"a\":1}\n");
            merge.flush(2000);
            add(merge, 900, "{\"b\":2}\n");
            add(merge, 900, "{\n  \"c\": 3\n}\n", LateMark.JSON_PRETTY);
            add(merge, 900, "d\n", LateMark.COLUMNS);
            add(merge, 900, "---\ne: 5\n", LateMark.YAML);
            add(merge, 900, "free text", LateMark.NONE);
            assertThat(merge.late()).isEqualTo(5);
        }
        assertThat(written.toString())
                .isEqualTo("{\"a\":1}\n{\"b\":2,\"late\":true}\n{\n  \"c\": 3,\n  \"late\": true\n}\n"
                        + "d (late)\n---\ne: 5\nlate: true\nfree text");
    }

    @Test
    void shouldPrintEarlierWhenThereIsNoRoom() {
        try (TimeMerge merge = merge(10)) {
            add(merge, 3, "cccc");
            add(merge, 2, "bbbb");
            add(merge, 4, "dddd");
            add(merge, 5, "much larger than all there is");
            add(merge, 6, "f");
        }
        assertThat(written.toString()).isEqualTo("bbbbccccddddmuch larger than all there isf");
    }

    @Test
    void shouldKeepEveryTextOfMany() {
        Random random = new Random(7);
        List<Long> times = new ArrayList<>();
        try (TimeMerge merge = new TimeMerge(output, Duration.ofNanos(1000), () -> {}, 1 << 14)) {
            for (long i = 0; i < 20_000; i++) {
                long time = 10 * i + random.nextInt(500);
                times.add(time);
                add(merge, time, time + " ".repeat(random.nextInt(60)) + "\n");
            }
            assertThat(merge.late()).isZero();
        }
        times.sort(null);
        assertThat(written.toString().lines().map(String::strip))
                .containsExactlyElementsOf(times.stream().map(String::valueOf).toList());
    }

    @Test
    void shouldSayOnceThatNobodyReads() {
        AtomicInteger told = new AtomicInteger();
        open = false;
        try (TimeMerge merge = new TimeMerge(output, Duration.ZERO, told::incrementAndGet)) {
            add(merge, 1, "a");
            merge.flush(1000);
            add(merge, 2000, "b");
            merge.flush(3000);
        }
        assertThat(told).hasValue(1);
    }
}

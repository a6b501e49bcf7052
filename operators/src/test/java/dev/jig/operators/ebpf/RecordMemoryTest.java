// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.datasource.Container;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.FieldConfiguration;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.RecordLayout;
import dev.jig.datasource.StaticField;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordMemoryTest {
    private static final int SIZE = 12;

    @Test
    void shouldHoldRecordsThatComeInPieces() {
        DataSource source = DataSource.create("d", DataSourceType.ARRAY, FieldConfiguration.NONE);
        Container container = source.addStaticFields(
                SIZE,
                List.of(new StaticField("n", Kind.UINT32, 0, Integer.BYTES, StaticField.ROOT, 0, List.of(), Map.of())));
        RecordLayout layout = new RecordLayout(SIZE, List.of(new RecordLayout.Part(container, 0)));
        LongReader number = source.requireField("n").asLong();
        source.start();
        int count = 100_000;
        try (RecordMemory memory = new RecordMemory(SIZE);
                RecordArray array = source.newArray()) {
            for (int packet = 0; packet < 2; packet++) {
                memory.clear();
                array.begin();
                assertThat(memory.torn()).isZero();
                fill(memory, count);
                assertThat(memory.torn()).isZero();
                memory.addTo(array, layout);
                assertThat(array.size()).isEqualTo(count);
                long sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += number.read(array.get(i)) == i ? 1 : 0;
                }
                assertThat(sum).isEqualTo(count);
            }
            memory.advance(memory.room().byteSize() > 5 ? 5 : 0);
            assertThat(memory.torn()).isEqualTo(5);
        }
    }

    /** Stores each number little end first, in pieces of up to seven bytes. */
    private static void fill(RecordMemory memory, int count) {
        long bytes = (long) count * SIZE;
        long at = 0;
        while (at < bytes) {
            MemorySegment room = memory.room();
            int piece = (int) Math.min(Math.min(7, bytes - at), room.byteSize());
            for (int i = 0; i < piece; i++, at++) {
                int shift = (int) (at % SIZE) * Byte.SIZE;
                byte value = shift < Integer.SIZE ? (byte) (at / SIZE >>> shift) : 0;
                room.set(ValueLayout.JAVA_BYTE, i, value);
            }
            memory.advance(piece);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanRunsTest {
    private static final int SIZE = 40;

    private static DataSource source() {
        DataSource source = DataSource.create("s", DataSourceType.SINGLE, FieldConfiguration.NONE);
        source.addStaticFields(
                SIZE,
                List.of(
                        StaticField.of("a", Kind.UINT32, 0, 4),
                        StaticField.of("b", Kind.INT64, 8, 8),
                        StaticField.of("c", Kind.CSTRING, 16, 8),
                        StaticField.of("d", Kind.BOOL, 24, 1),
                        StaticField.of("e", Kind.UINT8, 25, 1),
                        StaticField.of("f", Kind.UINT64, 32, 8)));
        source.start();
        return source;
    }

    @Test
    void shouldWriteTheSameAsAWriterThatHasSeenNothing() {
        Random random = new Random(7);
        DataSource source = source();
        JsonWriter reused = JsonWriter.compact(source, OutputOptions.plain());
        try (Arena arena = Arena.ofConfined();
                Record record = source.newRecord();
                Utf8Buffer out = new Utf8Buffer(256);
                Utf8Buffer expected = new Utf8Buffer(256)) {
            MemorySegment memory = arena.allocate(SIZE);
            for (int round = 0; round < 2000; round++) {
                // One byte changes or none does; now and then the record ends early.
                memory.set(ValueLayout.JAVA_BYTE, random.nextInt(SIZE), (byte) random.nextInt(3));
                record.wrap(memory, 0, random.nextInt(8) == 0 ? random.nextInt(SIZE) : SIZE);
                out.clear();
                expected.clear();
                reused.write(record, out);
                JsonWriter fresh = JsonWriter.compact(source, OutputOptions.plain());
                fresh.write(record, expected);
                fresh.close();

                assertThat(out.toString()).isEqualTo(expected.toString());
            }
        }
        reused.close();
    }

    @Test
    void shouldMakeOneStepOfValuesThatLieTogether() {
        DataSource source = source();
        List<PlanStep> steps = source.fields().stream()
                .filter(field -> field.kind().isInteger())
                .map(field -> (PlanStep) new PlanStep.Signed(Utf8Literal.EMPTY, field.asLong()))
                .toList();

        assertThat(PlanRuns.group(steps)).hasSize(1).first().isInstanceOf(PlanStep.Run.class);
        assertThat(PlanRuns.group(steps.subList(0, 2))).isEqualTo(steps.subList(0, 2));
    }

    @Test
    void shouldLeaveDerivedValuesAlone() {
        DataSource source = DataSource.create("s", DataSourceType.SINGLE, FieldConfiguration.NONE);
        source.addStaticFields(
                12,
                List.of(
                        StaticField.of("a", Kind.UINT32, 0, 4),
                        StaticField.of("b", Kind.UINT32, 4, 4),
                        StaticField.of("c", Kind.UINT32, 8, 4)));
        source.requireField("b").deriveNumber(record -> 1);
        List<PlanStep> steps = source.fields().stream()
                .map(field -> (PlanStep) new PlanStep.Signed(Utf8Literal.EMPTY, field.asLong()))
                .toList();

        assertThat(PlanRuns.group(steps)).isEqualTo(steps);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordArrayTest {
    private static final int STRIDE = 16;

    private final Arena arena = Arena.ofShared();
    private final DataSource source = DataSource.create("d", DataSourceType.ARRAY, FieldConfiguration.NONE);
    private final Container key = source.addStaticFields(Integer.BYTES, List.of(number("key")));
    private final Container value = source.addStaticFields(Integer.BYTES, List.of(number("value")));
    private final FieldWriter extra =
            source.addField(NewField.of("extra", Kind.STRING)).asWriter();
    private final RecordLayout layout =
            new RecordLayout(STRIDE, List.of(new RecordLayout.Part(key, 0), new RecordLayout.Part(value, 8)));

    private static StaticField number(String name) {
        return new StaticField(name, Kind.UINT32, 0, Integer.BYTES, StaticField.ROOT, 0, List.of(), Map.of());
    }

    private MemorySegment records(int from, int count) {
        MemorySegment memory = arena.allocate((long) STRIDE * count, Long.BYTES);
        for (int i = 0; i < count; i++) {
            memory.set(ValueLayout.JAVA_INT, (long) i * STRIDE, from + i);
            memory.set(ValueLayout.JAVA_INT, (long) i * STRIDE + 8, 1000 + from + i);
        }
        return memory;
    }

    private List<String> texts(RecordArray array) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Record record = array.get(i);
            texts.add(record.number(source.requireField("key")) + " " + record.number(source.requireField("value"))
                    + " " + record.text(extra.field()));
        }
        return texts;
    }

    @AfterEach
    void freeMemory() {
        arena.close();
    }

    @Test
    void shouldShowRecordsThatLieOneBehindTheOther() {
        source.start();
        try (RecordArray array = source.newArray()) {
            for (int packet = 0; packet < 2; packet++) {
                array.begin();
                array.addAll(layout, records(1, 2));
                array.addAll(layout, records(7, 1));
                array.addAll(layout, MemorySegment.NULL);
                assertThat(texts(array)).containsExactly("1 1001 ", "2 1002 ", "7 1007 ");
            }
        }
    }

    @Test
    void shouldKeepWhatIsSetWithItsElementWhereverItGoes() {
        FieldWriter writer = source.requireField("value").asWriter();
        source.start();
        try (RecordArray array = source.newArray()) {
            array.addAll(layout, records(1, 3));
            extra.setText(array.get(1), "two");
            writer.setLong(array.get(2), 5);
            extra.setText(array.add(), "new");
            array.swap(0, 3);
            assertThat(texts(array)).containsExactly("0 0 new", "2 1002 two", "3 5 ", "1 1001 ");
            extra.setText(array.get(1), "again");
            array.truncate(2);
            assertThat(texts(array)).containsExactly("0 0 new", "2 1002 again");
            array.begin();
            array.addAll(layout, records(1, 1));
            assertThat(texts(array)).containsExactly("1 1001 ");
        }
    }

    @Test
    void shouldKeepWhatSubscribersSetAlsoWhereOthersAreDiscarded() {
        LongReader keys = source.requireField("key").asLong();
        source.subscribe(0, record -> {
            extra.setText(record, "seen " + keys.read(record));
            return keys.read(record) % 2 == 0 ? Verdict.DISCARD : Verdict.KEEP;
        });
        source.start();
        try (RecordArray array = source.newArray()) {
            array.addAll(layout, records(1, 5));
            assertThat(source.emit(array)).isTrue();
            assertThat(texts(array)).containsExactly("1 1001 seen 1", "3 1003 seen 3", "5 1005 seen 5");
        }
    }

    @Test
    void shouldSortAsListsAreSorted() {
        LongReader keys = source.requireField("key").asLong();
        LongReader values = source.requireField("value").asLong();
        source.start();
        Random random = new Random(1);
        try (RecordArray array = source.newArray()) {
            for (int size = 0; size < 200; size++) {
                array.begin();
                MemorySegment memory = records(0, size);
                List<Integer> expected = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    int drawn = random.nextInt(20);
                    memory.set(ValueLayout.JAVA_INT, (long) i * STRIDE, drawn);
                    expected.add(drawn * 1000 + i);
                }
                array.addAll(layout, memory);
                array.sort(Comparator.comparingLong(keys::read));
                expected.sort(Comparator.naturalOrder());
                List<Integer> sorted = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    Record record = array.get(i);
                    sorted.add((int) (keys.read(record) * 1000 + values.read(record) - 1000));
                }
                assertThat(sorted).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoArrayOfRecords() {
        source.start();
        RecordLayout other = new RecordLayout(8, List.of(new RecordLayout.Part(key, 4)));
        try (RecordArray array = source.newArray()) {
            MemorySegment torn = arena.allocate(STRIDE + 1);
            assertThatThrownBy(() -> array.addAll(layout, torn))
                    .hasMessage("data source \"d\": 17 bytes are no array of records of 16 bytes in native memory");
            assertThatThrownBy(() -> array.addAll(layout, MemorySegment.ofArray(new byte[STRIDE])))
                    .isInstanceOf(DataSourceException.class);
            array.addAll(layout, records(1, 1));
            assertThatThrownBy(() -> array.addAll(other, records(1, 1)))
                    .hasMessage("data source \"d\": one packet cannot have records of two layouts");
            array.begin();
            array.addAll(other, records(1, 1));
            assertThat(array.size()).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseLayoutsThatOverrunTheirRecords() {
        assertThatThrownBy(() -> new RecordLayout(0, List.of())).hasMessage("records cannot lie 0 bytes apart");
        assertThatThrownBy(() -> new RecordLayout(8, List.of(new RecordLayout.Part(value, 5))))
                .hasMessage("payload 1: 4 bytes at offset 5 exceed the record of 8 bytes");
        assertThatThrownBy(() -> new RecordLayout(8, List.of(new RecordLayout.Part(value, -1))))
                .isInstanceOf(DataSourceException.class);
    }
}

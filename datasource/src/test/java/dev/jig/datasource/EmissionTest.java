// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmissionTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void shouldCallSubscribersByPriorityAndThenByRegistration() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        dataSource.subscribe(10, _ -> see("third"));
        dataSource.subscribe(-1, _ -> see("first"));
        dataSource.subscribePacket(10, _ -> see("fourth"));
        dataSource.subscribe(0, _ -> see("second"));
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            assertThat(dataSource.emit(record)).isTrue();
        }
        assertThat(seen).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void shouldStopAtDiscard() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        dataSource.subscribe(0, _ -> Verdict.DISCARD);
        dataSource.subscribe(1, _ -> see("late"));
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            assertThat(dataSource.emit(record)).isFalse();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldStopAtException() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        dataSource.subscribe(0, _ -> {
            throw new DataSourceException("broken");
        });
        dataSource.subscribe(1, _ -> see("late"));
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            assertThatThrownBy(() -> dataSource.emit(record)).hasMessage("broken");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldRemoveDiscardedElementsOfArrays() {
        DataSource dataSource = DataSource.create("d", DataSourceType.ARRAY, FieldConfiguration.NONE);
        FieldWriter writer = dataSource.addField(NewField.of("n", Kind.UINT32)).asWriter();
        LongReader reader = writer.field().asLong();
        dataSource.subscribe(0, record -> reader.read(record) % 2 == 0 ? Verdict.KEEP : Verdict.DISCARD);
        dataSource.subscribeArray(1, array -> {
            array.sort(Comparator.comparingLong(reader::read).reversed());
            return Verdict.KEEP;
        });
        dataSource.subscribe(2, record -> see(Long.toString(reader.read(record))));
        dataSource.start();
        try (RecordArray array = dataSource.newArray()) {
            for (int packet = 0; packet < 2; packet++) {
                array.begin();
                for (int i = 0; i < 7; i++) {
                    writer.setLong(array.add(), i);
                }
                assertThat(dataSource.emit(array)).isTrue();
                assertThat(array.size()).isEqualTo(4);
            }
        }
        assertThat(seen).containsExactly("6", "4", "2", "0", "6", "4", "2", "0");
    }

    @Test
    void shouldSwapAndCutArrays() {
        DataSource dataSource = DataSource.create("d", DataSourceType.ARRAY, FieldConfiguration.NONE);
        FieldWriter writer = dataSource.addField(NewField.of("n", Kind.UINT32)).asWriter();
        dataSource.start();
        try (RecordArray array = dataSource.newArray()) {
            writer.setLong(array.add(), 1);
            writer.setLong(array.add(), 2);
            array.swap(0, 1);
            array.truncate(1);
            assertThat(array.get(0).number(writer.field())).isEqualTo(2);
            assertThatThrownBy(() -> array.truncate(2)).hasMessage("cannot cut an array of 1 records at 2");
            assertThatThrownBy(() -> array.truncate(-1)).isInstanceOf(DataSourceException.class);
            assertThatThrownBy(() -> array.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
            // What is cut off comes back empty.
            assertThat(array.add().number(writer.field())).isZero();
        }
    }

    @Test
    void shouldDiscardWholeArrays() {
        DataSource dataSource = DataSource.create("d", DataSourceType.ARRAY, FieldConfiguration.NONE);
        dataSource.subscribePacket(0, packet -> packet instanceof RecordArray ? Verdict.DISCARD : Verdict.KEEP);
        dataSource.subscribe(1, _ -> see("late"));
        dataSource.start();
        try (RecordArray array = dataSource.newArray()) {
            array.add();
            assertThat(dataSource.emit(array)).isFalse();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldInsistOnItsType() {
        DataSource single = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        assertThatThrownBy(() -> single.subscribeArray(0, _ -> Verdict.KEEP))
                .hasMessage("data source \"d\" is of type SINGLE, not ARRAY");
        assertThat(single.hasSubscribers()).isFalse();
        single.start();
        assertThatThrownBy(single::newArray).hasMessageContaining("not ARRAY");
        DataSource array = DataSource.create("d", DataSourceType.ARRAY, FieldConfiguration.NONE);
        array.start();
        try (Record record = array.newRecord()) {
            assertThatThrownBy(() -> array.emit(record)).hasMessageContaining("not SINGLE");
        }
    }

    private Verdict see(String what) {
        seen.add(what);
        return Verdict.KEEP;
    }
}

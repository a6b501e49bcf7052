// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileLayoutTest {
    private static final int FLAGS = FieldFlags.EMPTY
            | FieldFlags.HIDDEN
            | FieldFlags.HAS_PARENT
            | FieldFlags.STATIC_MEMBER
            | FieldFlags.UNREFERENCED;

    @Test
    void shouldWriteWhateverLayoutsAndBytesArrive() {
        Random random = new Random(11);
        try (Arena arena = Arena.ofConfined();
                Utf8Buffer out = new Utf8Buffer(0)) {
            MemorySegment memory = arena.allocate(256);
            for (int round = 0; round < 1000; round++) {
                DataSource dataSource = layout(random);
                dataSource.start();
                try (Record record = dataSource.newRecord()) {
                    record.begin();
                    for (int i = 0; i < dataSource.payloadCount(); i++) {
                        byte[] bytes = new byte[random.nextInt(48)];
                        random.nextBytes(bytes);
                        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, bytes.length);
                        record.copyPayload(i, memory, 0, bytes.length);
                    }
                    checkWriters(dataSource, record, out);
                }
            }
        }
    }

    private static DataSource layout(Random random) {
        List<WireField> fields = new ArrayList<>();
        Kind[] kinds = Kind.values();
        for (int i = 0; i <= random.nextInt(20); i++) {
            int flags = sparse(random) & FLAGS & (i == 0 ? ~FieldFlags.HAS_PARENT : ~0);
            boolean member = (flags & FieldFlags.STATIC_MEMBER) != 0;
            fields.add(new WireField(
                    "f" + i,
                    "f" + i,
                    random.nextInt(4),
                    member ? random.nextInt(60) : 0,
                    member ? random.nextInt(20) : 0,
                    flags,
                    kinds[random.nextInt(kinds.length)],
                    List.of(),
                    Map.of(),
                    i == 0 ? 0 : random.nextInt(i),
                    random.nextInt(5)));
        }
        ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return DataSource.received("r", DataSourceType.SINGLE, order, fields);
    }

    /** A number of whose bits about a quarter are set. */
    private static int sparse(Random random) {
        int first = random.nextInt();
        return first & random.nextInt();
    }

    private static void checkWriters(DataSource dataSource, Record record, Utf8Buffer out) {
        out.clear();
        JsonWriter.compact(dataSource, OutputOptions.plain()).write(record, out);
        Object compact = SmallJson.parse(out.toString());
        out.clear();
        JsonWriter.pretty(dataSource, OutputOptions.plain()).write(record, out);
        assertThat(SmallJson.parse(out.toString())).isEqualTo(compact);
        out.clear();
        YamlWriter.of(dataSource, OutputOptions.plain()).write(record, out);
        assertThat(out.toString()).startsWith("---\n").endsWith("\n");
        out.clear();
        try (ColumnsWriter columns =
                ColumnsWriter.of(dataSource, FieldSelection.availableFields(dataSource), OutputOptions.terminal(100))) {
            columns.start(out);
            columns.write(record, out);
        }
        assertThat(out.toString().chars().filter(c -> c < 0x20 && c != '\n')).isEmpty();
        PayloadWriter payloads = new PayloadWriter(dataSource);
        for (int i = 0; i < dataSource.payloadCount(); i++) {
            int length = payloads.append(record, i, out);
            assertThat(length).isGreaterThanOrEqualTo(record.payloadLength(i));
        }
    }

    @Test
    void shouldLimitLayouts() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        assertThatThrownBy(() -> dataSource.addStaticFields(1 << 25, List.of()))
                .hasMessage("a layout of 33554432 bytes for data source \"d\", the limit is 16777216");
        assertThatThrownBy(() -> dataSource.addStaticFields(-1, List.of())).isInstanceOf(DataSourceException.class);
    }

    @Test
    void shouldLimitTheMemoryOfARecord() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        dataSource.addField(NewField.of("a", Kind.BYTES)).asWriter();
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            assertThatThrownBy(() -> record.copyPayload(0, MemorySegment.NULL, 0, Integer.MAX_VALUE))
                    .hasMessage("the values of a record need more than 1073741824 bytes");
        }
    }
}

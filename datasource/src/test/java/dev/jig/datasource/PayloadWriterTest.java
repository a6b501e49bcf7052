// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadWriterTest {
    @Test
    void shouldWriteFullLayoutsWithDerivedValuesInPlace() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        dataSource.addStaticFields(
                24,
                List.of(
                        StaticField.of("time", Kind.UINT64, 0, 8),
                        StaticField.of("pid", Kind.UINT32, 8, 4),
                        StaticField.of("comm", Kind.CSTRING, 12, 8)));
        LongReader raw = dataSource.requireField("time").asRawLong();
        dataSource.requireField("time").deriveNumber(record -> raw.read(record) + 1);
        dataSource.requireField("comm").deriveText((_, out) -> out.append("longer than eight"));
        Field group = dataSource.addField(NewField.group("group"));
        dataSource
                .addField(NewField.of("text", Kind.STRING).under(group))
                .deriveText((_, out) -> out.append("derived"));
        dataSource.addField(NewField.of("ratio", Kind.FLOAT32)).deriveNumber(_ -> Double.doubleToRawLongBits(0.5));
        FieldWriter stored =
                dataSource.addField(NewField.of("stored", Kind.STRING)).asWriter();
        dataSource.addField(NewField.of("constant", Kind.STRING)).setConstant("always");
        dataSource.addField(NewField.of("nobody", Kind.UINT16));
        dataSource.start();
        PayloadWriter writer = new PayloadWriter(dataSource);
        ByteBuffer bytes = ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putLong(41)
                .putInt(7);
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0)) {
            record.wrap(MemorySegment.ofArray(bytes.array()), 0, 12);
            stored.setText(record, "kept");
            out.append("##");
            assertThat(writer.append(record, 0, out)).isEqualTo(24);
            ByteBuffer layout = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.nativeOrder());
            assertThat(layout.getLong(2)).isEqualTo(42);
            assertThat(layout.getInt(10)).isEqualTo(7);
            assertThat(new String(out.toByteArray(), 14, 12, StandardCharsets.UTF_8))
                    .isEqualTo("longer t\0\0\0\0");
            assertThat(payload(writer, record, 1)).isEqualTo("derived");
            out.clear();
            assertThat(writer.append(record, 2, out)).isEqualTo(4);
            assertThat(ByteBuffer.wrap(out.toByteArray())
                            .order(ByteOrder.nativeOrder())
                            .getFloat())
                    .isEqualTo(0.5f);
            assertThat(payload(writer, record, 3)).isEqualTo("kept");
            assertThat(payload(writer, record, 4)).isEqualTo("always");
            assertThat(payload(writer, record, 5)).isEqualTo("\0\0");
        }
    }

    @Test
    void shouldLeaveOutZerosAtTheEndIfAsked() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        dataSource.addStaticFields(
                24, List.of(StaticField.of("a", Kind.UINT64, 0, 8), StaticField.of("b", Kind.CSTRING, 8, 16)));
        dataSource.requireField("a").deriveNumber(_ -> 7);
        dataSource.start();
        PayloadWriter writer = new PayloadWriter(dataSource, false);
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0)) {
            record.wrap(MemorySegment.ofArray(new byte[10]), 0, 10);
            assertThat(writer.append(record, 0, out)).isEqualTo(10);
            record.wrap(MemorySegment.ofArray(new byte[3]), 0, 3);
            assertThat(writer.append(record, 0, out)).isEqualTo(8);
        }
    }

    private static String payload(PayloadWriter writer, Record record, int payload) {
        try (Utf8Buffer out = new Utf8Buffer(0)) {
            writer.append(record, payload, out);
            return out.toString();
        }
    }
}

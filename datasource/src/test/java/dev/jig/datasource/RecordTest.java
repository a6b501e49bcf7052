// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordTest {
    private final DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);

    private static MemorySegment heap(byte... bytes) {
        return MemorySegment.ofArray(bytes);
    }

    private static byte[] numbers() {
        ByteBuffer bytes = ByteBuffer.allocate(30).order(ByteOrder.nativeOrder());
        bytes.put((byte) -1).put((byte) -2).putShort((short) -3).putShort((short) -4);
        bytes.putInt(-5).putInt(-6).putLong(-7).putLong(-8);
        return bytes.array();
    }

    private List<LongReader> integers() {
        dataSource.addStaticFields(
                30,
                List.of(
                        StaticField.of("i8", Kind.INT8, 0, 1),
                        StaticField.of("u8", Kind.UINT8, 1, 1),
                        StaticField.of("i16", Kind.INT16, 2, 2),
                        StaticField.of("u16", Kind.UINT16, 4, 2),
                        StaticField.of("i32", Kind.INT32, 6, 4),
                        StaticField.of("u32", Kind.UINT32, 10, 4),
                        StaticField.of("i64", Kind.INT64, 14, 8),
                        StaticField.of("u64", Kind.UINT64, 22, 8)));
        List<LongReader> readers = new ArrayList<>();
        for (Field field : dataSource.fields()) {
            readers.add(field.asLong());
        }
        dataSource.start();
        return readers;
    }

    @Test
    void shouldReadIntegersOfEachWidth() {
        List<LongReader> readers = integers();
        try (Record record = dataSource.newRecord();
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(40);
            MemorySegment.copy(heap(numbers()), 0, memory, 3, 30);
            record.wrap(memory, 3, 30);
            assertThat(readers)
                    .extracting(reader -> reader.read(record))
                    .containsExactly(-1L, 0xfeL, -3L, 0xfffcL, -5L, 0xffff_fffaL, -7L, -8L);
            assertThat(readers.get(7).isUnsigned()).isTrue();
            assertThat(readers.get(6).isUnsigned()).isFalse();
        }
    }

    @Test
    void shouldReadMissingBytesAsZero() {
        List<LongReader> readers = integers();
        try (Record record = dataSource.newRecord()) {
            record.wrap(heap(numbers()), 0, 7);
            long lowByteOfMinusFive = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0xfb : -1 << 24;
            assertThat(readers)
                    .extracting(reader -> reader.read(record))
                    .containsExactly(-1L, 0xfeL, -3L, 0xfffcL, lowByteOfMinusFive, 0L, 0L, 0L);
            record.begin();
            assertThat(readers).extracting(reader -> reader.read(record)).containsOnly(0L);
        }
    }

    @Test
    void shouldReadForeignByteOrder() {
        ByteOrder foreign =
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int flags = FieldFlags.STATIC_MEMBER;
        DataSource received = DataSource.received(
                "r",
                DataSourceType.SINGLE,
                foreign,
                List.of(
                        new WireField("a", "a", 0, 0, 2, flags, Kind.UINT16, List.of(), Map.of(), 0, 0),
                        new WireField("b", "b", 0, 2, 4, flags, Kind.INT32, List.of(), Map.of(), 0, 0),
                        new WireField("c", "c", 0, 6, 8, flags, Kind.FLOAT64, List.of(), Map.of(), 0, 0),
                        new WireField("d", "d", 0, 0, 4, flags, Kind.UINT16_ARRAY, List.of(), Map.of(), 0, 0)));
        received.start();
        ByteBuffer bytes = ByteBuffer.allocate(14).order(foreign);
        bytes.putShort((short) 0xfff0).putInt(-9).putDouble(1.5);
        try (Record record = received.newRecord()) {
            record.wrap(heap(bytes.array()), 0, 14);
            assertThat(record.number(received.requireField("a"))).isEqualTo(0xfff0);
            assertThat(record.number(received.requireField("b"))).isEqualTo(-9);
            assertThat(received.requireField("c").asDouble().read(record)).isEqualTo(1.5);
            assertThat(received.requireField("d").asArray().longAt(record, 0)).isEqualTo(0xfff0);
        }
    }

    @Test
    void shouldReadTextUpToNulOrTheRecordsEnd() {
        dataSource.addStaticFields(
                12,
                List.of(
                        StaticField.of("comm", Kind.CSTRING, 0, 8),
                        StaticField.of("raw", Kind.STRING, 0, 8),
                        StaticField.of("rest", Kind.CSTRING, 8, 0)));
        TextReader comm = dataSource.requireField("comm").asText();
        TextReader raw = dataSource.requireField("raw").asText();
        TextReader rest = dataSource.requireField("rest").asText();
        dataSource.start();
        byte[] bytes = "ab\0cdefgwxyz".getBytes(StandardCharsets.UTF_8);
        try (Record record = dataSource.newRecord()) {
            record.wrap(heap(bytes), 0, 12);
            assertThat(comm.text(record)).isEqualTo("ab");
            assertThat(raw.text(record)).isEqualTo("ab\0cdefg");
            assertThat(rest.text(record)).isEqualTo("wxyz");
            record.wrap(heap(bytes), 3, 7);
            assertThat(comm.text(record)).isEqualTo("cdefgwx");
            assertThat(rest.length(record)).isZero();
            assertThat(comm.compare(record, "cdefgwx".getBytes(StandardCharsets.UTF_8)))
                    .isZero();
            assertThat(comm.compare(record, "cdefgw".getBytes(StandardCharsets.UTF_8)))
                    .isPositive();
            assertThat(comm.compare(record, new byte[] {(byte) 0xff})).isNegative();
        }
    }

    @Test
    void shouldRefuseBytesOutsideOfTheirMemory() {
        dataSource.addField(NewField.of("a", Kind.STRING));
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            assertThatThrownBy(() -> record.wrap(heap(new byte[4]), 2, 3))
                    .isInstanceOf(DataSourceException.class)
                    .hasMessage("payload 0 of data source \"d\": 3 bytes at offset 2 exceed the memory of 4 bytes");
            assertThatThrownBy(() -> record.wrap(heap(new byte[4]), 5, 0)).isInstanceOf(DataSourceException.class);
            assertThatThrownBy(() -> record.wrap(heap(new byte[4]), 0, -1)).isInstanceOf(DataSourceException.class);
        }
    }

    @Test
    void shouldWriteMembersIntoACopyOfTheLayout() {
        dataSource.addStaticFields(
                16, List.of(StaticField.of("n", Kind.UINT32, 4, 4), StaticField.of("text", Kind.CSTRING, 8, 8)));
        FieldWriter number = dataSource.requireField("n").asWriter();
        FieldWriter text = dataSource.requireField("text").asWriter();
        dataSource.start();
        byte[] bytes = new byte[12];
        java.util.Arrays.fill(bytes, (byte) 'x');
        try (Record record = dataSource.newRecord();
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(12);
            MemorySegment.copy(heap(bytes), 0, memory, 0, 12);
            record.wrap(memory, 0, 12);
            number.setLong(record, 77);
            assertThat(record.text(text.field())).isEqualTo("xxxx");
            text.setText(record, "ab");
            assertThat(record.number(number.field())).isEqualTo(77);
            assertThat(record.text(text.field())).isEqualTo("ab");
            assertThat(record.payloadLength(0)).isEqualTo(16);
            assertThat(memory.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)).isEqualTo(bytes);
            assertThatThrownBy(() -> text.setText(record, "too long to fit"))
                    .hasMessage("field \"text\" of kind CString has 8 bytes, got 15");
            assertThatThrownBy(() -> number.setBytes(record, new byte[3])).hasMessageContaining("has 4 bytes, got 3");
        }
    }

    @Test
    void shouldForgetValuesOfTheRecordBefore() {
        FieldWriter first = dataSource.addField(NewField.of("a", Kind.UINT64)).asWriter();
        FieldWriter second = dataSource.addField(NewField.of("b", Kind.STRING)).asWriter();
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            for (int i = 1; i < 3; i++) {
                record.begin();
                assertThat(record.number(first.field())).isZero();
                assertThat(record.text(second.field())).isEmpty();
                first.setLong(record, i);
                second.setText(record, "x".repeat(1000 * i));
                assertThat(record.number(first.field())).isEqualTo(i);
                assertThat(record.text(second.field())).hasSize(1000 * i);
            }
        }
    }

    @Test
    void shouldTreatFieldsThatNobodyWritesAsConstant() {
        Field number = dataSource.addField(NewField.of("n", Kind.UINT32));
        Field text = dataSource.addField(NewField.of("t", Kind.STRING));
        Field fixed = dataSource.addField(NewField.of("f", Kind.STRING));
        fixed.setConstant("always");
        dataSource.start();
        assertThat(number.source()).isEqualTo(new ValueSource.ConstantNumber(0));
        assertThat(text.source()).isEqualTo(new ValueSource.ConstantText(Utf8Literal.EMPTY));
        try (Record record = dataSource.newRecord()) {
            assertThat(record.number(number)).isZero();
            assertThat(record.text(text)).isEmpty();
            assertThat(record.text(fixed)).isEqualTo("always");
        }
    }

    @Test
    void shouldComputeSharedValuesOncePerRecord() {
        dataSource.addStaticFields(8, List.of(StaticField.of("raw", Kind.UINT64, 0, 8)));
        Field field = dataSource.requireField("raw");
        LongReader raw = field.asRawLong();
        int[] calls = new int[3];
        field.deriveNumber(record -> {
            calls[0]++;
            return raw.read(record) + 1000;
        });
        LongReader value = field.asLong();
        Field text = dataSource.addField(NewField.of("text", Kind.STRING));
        text.deriveText((record, out) -> {
            calls[1]++;
            out.append("n=");
            out.appendLong(value.read(record));
        });
        TextReader inner = text.asText();
        Field nested = dataSource.addField(NewField.of("nested", Kind.STRING));
        nested.deriveText((record, out) -> {
            calls[2]++;
            out.append('<');
            inner.appendTo(record, out);
            out.append('>');
        });
        LongReader again = field.asLong();
        TextReader outer = nested.asText();
        TextReader outerAgain = nested.asText();
        TextReader innerAgain = text.asText();
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            for (byte i = 1; i < 3; i++) {
                record.wrap(heap(i, (byte) 0), 0, 2);
                String number = "n=" + (1000 + i);
                assertThat(outer.text(record)).isEqualTo("<" + number + ">");
                assertThat(outerAgain.text(record)).isEqualTo("<" + number + ">");
                assertThat(innerAgain.text(record)).isEqualTo(number);
                assertThat(again.read(record)).isEqualTo(1000 + i);
                assertThat(raw.read(record)).isEqualTo(i);
                assertThat(calls).containsExactly(i, i, i);
            }
        }
    }

    @Test
    void shouldRefuseReadersBeforeTheStart() {
        dataSource.addStaticFields(8, List.of(StaticField.of("n", Kind.UINT64, 0, 8)));
        LongReader reader = dataSource.requireField("n").asLong();
        DataSource other = DataSource.create("o", DataSourceType.SINGLE, FieldConfiguration.NONE);
        other.start();
        try (Record record = other.newRecord()) {
            assertThatThrownBy(() -> reader.read(record))
                    .hasMessage("field \"n\" is read before its data source has started");
        }
    }

    @Test
    void shouldRefuseReadersOfTheWrongKind() {
        Field text = dataSource.addField(NewField.of("t", Kind.STRING));
        Field number = dataSource.addField(NewField.of("n", Kind.UINT64));
        assertThatThrownBy(text::asLong).hasMessage("field \"t\" of kind String is not an integer");
        assertThatThrownBy(number::asDouble).hasMessageContaining("is not a floating-point number");
        assertThatThrownBy(number::asArray).hasMessageContaining("is not an array of numbers");
        assertThatThrownBy(() -> number.setConstant("x")).hasMessageContaining("is not text");
        assertThatThrownBy(() -> text.setConstant(1)).hasMessageContaining("is not a number");
        assertThatThrownBy(() -> dataSource.addField(NewField.group("g")).asWriter())
                .hasMessageContaining("is not a value");
    }

    @Test
    void shouldReadArrays() {
        dataSource.addStaticFields(
                8, List.of(StaticField.of("n", Kind.INT16_ARRAY, 0, 6), StaticField.of("u", Kind.UINT8_ARRAY, 6, 0)));
        ArrayReader signed = dataSource.requireField("n").asArray();
        ArrayReader rest = dataSource.requireField("u").asArray();
        dataSource.start();
        ByteBuffer bytes = ByteBuffer.allocate(9).order(ByteOrder.nativeOrder());
        bytes.putShort((short) 1).putShort((short) -2).putShort((short) 3);
        bytes.put((byte) 250).put((byte) 4).put((byte) 5);
        try (Record record = dataSource.newRecord()) {
            record.wrap(heap(bytes.array()), 0, 9);
            assertThat(signed.length(record)).isEqualTo(3);
            assertThat(signed.longAt(record, 1)).isEqualTo(-2);
            assertThat(signed.longAt(record, 3)).isZero();
            assertThat(signed.longAt(record, -1)).isZero();
            assertThat(rest.length(record)).isEqualTo(3);
            assertThat(rest.longAt(record, 0)).isEqualTo(250);
            record.wrap(heap(bytes.array()), 0, 5);
            assertThat(signed.length(record)).isEqualTo(2);
            assertThat(rest.length(record)).isZero();
        }
    }

    @Test
    void shouldOutliveTheOriginalAsCopy() {
        dataSource.addStaticFields(4, List.of(StaticField.of("n", Kind.UINT32, 0, 4)));
        FieldWriter text = dataSource.addField(NewField.of("t", Kind.STRING)).asWriter();
        dataSource.start();
        try (Record original = dataSource.newRecord();
                Record copy = dataSource.newRecord()) {
            original.wrap(heap(new byte[] {7, 7, 7, 7}), 0, 4);
            text.setText(original, "kept");
            copy.copyOf(original);
            original.begin();
            assertThat(copy.number(dataSource.requireField("n"))).isEqualTo(0x07070707);
            assertThat(copy.text(text.field())).isEqualTo("kept");
        }
    }

    @Test
    void shouldWrapBytesOfAFieldWithoutCopying() {
        FieldWriter rest = dataSource.addField(NewField.of("rest", Kind.BYTES)).asWriter();
        dataSource.start();
        try (Record record = dataSource.newRecord();
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(4);
            record.begin();
            rest.wrap(record, memory, 1, 3);
            memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, 3, (byte) 9);
            assertThat(rest.field().asText().bytes(record)).containsExactly(0, 0, 9);
        }
    }
}

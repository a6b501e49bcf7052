// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.VariableValues;
import dev.jig.datasource.Container;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.FieldConfiguration;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.PayloadWriter;
import dev.jig.datasource.Record;
import dev.jig.datasource.Utf8Buffer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bit-fields as the compiler lays them out. */
class BitFieldsTest {
    private static final String SOURCE = """
            enum state { IDLE, BUSY = 5 };
            struct inner { __u8 low : 4, high : 4; };
            struct event {
                __u32 before;
                __u8 bf1 : 3, bf2 : 5;
                int negative : 7;
                unsigned int wide : 25;
                bool flag : 1;
                enum state state_raw : 3;
                __u64 large : 40;
                __u64 rest : 24;
                struct inner in;
                struct { __u16 first : 9; __u64 across : 60; } __attribute__((packed)) tight;
                union { __u32 all; __u32 some : 12; } either;
                __u16 after;
            };
            struct event event SEC(".data") = {
                .before = 0xffffffff, .bf1 = 5, .bf2 = 17, .negative = -3, .wide = 0x1abcdef, .flag = 1, .state_raw = BUSY,
                .large = 0xfedcba9876ULL, .rest = 0x123456, .in = { .low = 9, .high = 6 },
                .tight = { .first = 0x155, .across = 0xabcdef012345678ULL }, .either = { .all = 0xfedcba98 }, .after = 0xffff,
            };
            """;

    @TempDir
    private Path folder = Path.of("");

    private final DataSource source = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
    private byte[] bytes = {};
    private int size;

    @BeforeEach
    void read() throws Exception {
        ObjectFile object = CompiledSource.compile(folder, SOURCE);
        int struct = object.btf().find("event", BtfKind.STRUCT).orElseThrow();
        size = object.btf().sizeOf(struct);
        bytes = new VariableValues(object).get("event");
        Container container = new StructFields(object.btf()).read(struct).addTo(source);
        assertThat(container.size()).isEqualTo(size);
    }

    private Map<String, Long> values(int length) {
        Map<String, LongReader> readers = new LinkedHashMap<>();
        for (String name : List.of(
                "bf1",
                "bf2",
                "negative",
                "wide",
                "flag",
                "state_raw",
                "large",
                "rest",
                "in.low",
                "in.high",
                "tight.first",
                "tight.across",
                "either.all",
                "either.some",
                "after")) {
            readers.put(name, source.requireField(name).asLong());
        }
        source.start();
        Map<String, Long> values = new LinkedHashMap<>();
        try (Record record = source.newRecord()) {
            record.wrap(MemorySegment.ofArray(bytes), 0, length);
            readers.forEach((name, reader) -> values.put(name, reader.read(record)));
        }
        return values;
    }

    @Test
    void shouldReadWhatTheCompilerWrote() {
        assertThat(values(bytes.length))
                .containsEntry("bf1", 5L)
                .containsEntry("bf2", 17L)
                .containsEntry("negative", -3L)
                .containsEntry("wide", 0x1abcdefL)
                .containsEntry("flag", 1L)
                .containsEntry("state_raw", 5L)
                .containsEntry("large", 0xfedcba9876L)
                .containsEntry("rest", 0x123456L)
                .containsEntry("in.low", 9L)
                .containsEntry("in.high", 6L)
                .containsEntry("tight.first", 0x155L)
                .containsEntry("tight.across", 0xabcdef012345678L)
                .containsEntry("either.all", 0xfedcba98L)
                .containsEntry("either.some", 0xa98L)
                .containsEntry("after", 0xffffL);
    }

    @Test
    void shouldReadZeroWhereTheRecordEnds() {
        assertThat(values(5))
                .containsEntry("bf1", 5L)
                .containsEntry("bf2", 17L)
                .containsEntry("wide", 0L)
                .containsEntry("in.high", 0L);
    }

    @Test
    void shouldKeepKindsAndOrder() {
        assertThat(source.fields().subList(0, 5).stream().map(field -> field.name()))
                .containsExactly("before", "bf1", "bf2", "negative", "wide");
        assertThat(source.requireField("negative").kind()).isEqualTo(Kind.INT32);
        assertThat(source.requireField("flag").kind()).isEqualTo(Kind.BOOL);
        assertThat(source.requireField("large").kind()).isEqualTo(Kind.UINT64);
    }

    /** Others know only whole numbers: for them each bit-field gets a place behind the structure, and the structure stays as it is. */
    @Test
    void shouldPassNumbersOnToOthers() {
        LongReader ignored = source.requireField("bf2").asLong();
        source.start();
        PayloadWriter writer = new PayloadWriter(source);
        try (Record record = source.newRecord();
                Utf8Buffer out = new Utf8Buffer(0)) {
            record.wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
            assertThat(writer.append(record, 0, out))
                    .isEqualTo(source.payloadSize(0))
                    .isGreaterThan(size);
            ByteBuffer payload = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.nativeOrder());
            assertThat(payload.slice(0, size)).isEqualTo(ByteBuffer.wrap(bytes, 0, size));
            assertThat(payload.get(ignored.field().offset())).isEqualTo((byte) 17);
            assertThat(payload.getInt(source.requireField("negative").offset())).isEqualTo(-3);
            assertThat(payload.getLong(source.requireField("tight.across").offset()))
                    .isEqualTo(0xabcdef012345678L);
        }
    }
}

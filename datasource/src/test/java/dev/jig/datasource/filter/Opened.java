// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldConfiguration;
import dev.jig.datasource.FieldFlags;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.datasource.StaticField;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A data source with fields of all kinds, and one record of it. */
final class Opened {
    private static final int SIZE = 160;

    private Opened() {}

    static DataSource source() {
        DataSource source = DataSource.create("open", DataSourceType.SINGLE, FieldConfiguration.NONE);
        source.addStaticFields(
                SIZE,
                List.of(
                        StaticField.of("proc", Kind.BYTES, 0, 32),
                        StaticField.of("comm", Kind.CSTRING, 0, 16).inside(0),
                        StaticField.of("creds", Kind.BYTES, 16, 8).inside(0),
                        StaticField.of("uid", Kind.UINT32, 16, 4).inside(2),
                        StaticField.of("gid", Kind.UINT32, 20, 4).inside(2),
                        StaticField.of("i8", Kind.INT8, 32, 1),
                        StaticField.of("u8", Kind.UINT8, 33, 1),
                        StaticField.of("i16", Kind.INT16, 34, 2),
                        StaticField.of("u16", Kind.UINT16, 36, 2),
                        StaticField.of("i32", Kind.INT32, 40, 4),
                        StaticField.of("u32", Kind.UINT32, 44, 4),
                        StaticField.of("i64", Kind.INT64, 48, 8),
                        StaticField.of("u64", Kind.UINT64, 56, 8),
                        StaticField.of("f32", Kind.FLOAT32, 64, 4),
                        StaticField.of("f64", Kind.FLOAT64, 72, 8),
                        StaticField.of("flag", Kind.BOOL, 80, 1),
                        StaticField.of("unset", Kind.BOOL, 81, 1),
                        StaticField.of("numbers", Kind.UINT16_ARRAY, 82, 6),
                        StaticField.of("raw", Kind.BYTES, 88, 3),
                        StaticField.of("fname", Kind.CSTRING, 96, 64)));
        Field error = source.addField(NewField.of("error", Kind.STRING));
        error.deriveText((record, out) -> out.append("ENOENT"));
        Field address = source.addField(NewField.of("addr", Kind.STRING));
        address.deriveText((record, out) -> out.append("10.1.2.3"));
        source.addField(NewField.of("k8s", Kind.INVALID).withFlags(FieldFlags.EMPTY));
        return source;
    }

    /** proc.comm is "cat", the numbers are the most negative or largest of their kinds. */
    static byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
        text(bytes, 0, "cat");
        // What a longer name left behind.
        text(bytes, 4, "stale");
        bytes.putInt(16, 1000).putInt(20, 100);
        bytes.put(32, (byte) -128).put(33, (byte) 255);
        bytes.putShort(34, (short) -32768).putShort(36, (short) -1);
        bytes.putInt(40, Integer.MIN_VALUE).putInt(44, -1);
        bytes.putLong(48, Long.MIN_VALUE).putLong(56, -1);
        bytes.putFloat(64, 0.1f).putDouble(72, 2.5);
        bytes.put(80, (byte) 1);
        bytes.putShort(82, (short) 1).putShort(84, (short) 2).putShort(86, (short) 65535);
        text(bytes, 88, "abc");
        text(bytes, 96, "/etc/passwd");
        return bytes.array();
    }

    private static void text(ByteBuffer bytes, int at, String text) {
        bytes.put(at, text.getBytes(StandardCharsets.UTF_8));
    }

    static boolean holds(DataSource source, Condition condition) {
        return holds(source, condition, bytes());
    }

    static boolean holds(DataSource source, Condition condition, byte[] bytes) {
        source.start();
        try (Record record = source.newRecord()) {
            record.wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
            return condition.test(record);
        }
    }
}

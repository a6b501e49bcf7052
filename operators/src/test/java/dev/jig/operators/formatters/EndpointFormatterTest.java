// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldConfiguration;
import dev.jig.datasource.Kind;
import dev.jig.datasource.Record;
import dev.jig.datasource.StaticField;
import dev.jig.datasource.Verdict;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndpointFormatterTest {
    private static final int SIZE = 32;
    private static final byte[] VERSION_4 = {10, 0, 0, (byte) 255, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 9};
    private static final byte[] VERSION_6 = {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final DataSource source = DataSource.create("traffic", DataSourceType.SINGLE, FieldConfiguration.NONE);

    private static StaticField member(String name, Kind kind, int offset, int size, String... tags) {
        return new StaticField(name, kind, offset, size, StaticField.ROOT, 0, List.of(tags), Map.of());
    }

    private Field endpoint(String type) {
        source.addStaticFields(
                SIZE,
                List.of(
                        member("dst", Kind.BYTES, 0, 24, "type:" + type),
                        member("addr_raw", Kind.BYTES, 0, 16, "type:gadget_ip_addr_t")
                                .inside(0),
                        member("v4", Kind.UINT32, 0, 4).inside(1),
                        member("port", Kind.UINT16, 16, 2, "name:port").inside(0),
                        member("proto_raw", Kind.UINT16, 18, 2, "name:proto_raw")
                                .inside(0),
                        member("version", Kind.UINT8, 20, 1, "name:version").inside(0)));
        return source.requireField("dst");
    }

    private Record record(byte[] address, int version, int port, int protocol) {
        if (!source.isStarted()) {
            source.start();
        }
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
        bytes.put(0, address)
                .putShort(16, (short) port)
                .putShort(18, (short) protocol)
                .put(20, (byte) version);
        Record record = source.newRecord();
        record.wrap(MemorySegment.ofArray(bytes.array()), 0, SIZE);
        return record;
    }

    private String text(Record record, String field) {
        return record.text(source.requireField(field));
    }

    @Test
    void shouldShowAddresses() {
        assertThat(new EndpointFormatter(false, false).apply(endpoint("gadget_l3endpoint_t")))
                .isTrue();

        assertThat(text(record(VERSION_4, 4, 0, 0), "dst.addr")).isEqualTo("10.0.0.255");
        assertThat(text(record(VERSION_6, 6, 0, 0), "dst.addr")).isEqualTo("2001:db8::1");
        assertThat(text(record(VERSION_4, 5, 0, 0), "dst.addr")).isEmpty();
        assertThat(source.requireField("dst").annotation("columns.replace")).contains("dst.addr");
        assertThat(source.field("dst.proto")).isEmpty();
        assertThat(source.field("dst.endpoint")).isEmpty();
    }

    @Test
    void shouldShowPortsAndProtocols() {
        assertThat(new EndpointFormatter(true, false).apply(endpoint("gadget_l4endpoint_t")))
                .isTrue();

        Record overTcp = record(VERSION_4, 4, 65535, 6);
        assertThat(text(overTcp, "dst.endpoint")).isEqualTo("10.0.0.255:65535");
        assertThat(text(overTcp, "dst.proto")).isEqualTo("TCP");
        Record overSctp = record(VERSION_6, 6, 53, 132);
        assertThat(text(overSctp, "dst.endpoint")).isEqualTo("[2001:db8::1]:53");
        assertThat(text(overSctp, "dst.proto")).isEqualTo("SCTP");
        Record unknown = record(VERSION_4, 0, 53, 200);
        assertThat(text(unknown, "dst.endpoint")).isEmpty();
        assertThat(text(unknown, "dst.proto")).isEqualTo("proto#200");
        assertThat(source.requireField("dst").annotation("columns.replace")).contains("dst.endpoint");
        assertThat(source.requireField("dst.endpoint").annotations()).containsOnlyKeys("json.skip");
        assertThat(source.requireField("dst.endpoint").tags()).containsExactly("endpoint");
    }

    @Test
    void shouldHideAllButTheStructure() {
        new EndpointFormatter(true, false).apply(endpoint("gadget_l4endpoint_t"));

        assertThat(source.requireField("dst").isHidden()).isFalse();
        for (String hidden : List.of("addr", "port", "proto", "proto_raw", "version", "endpoint")) {
            assertThat(source.requireField("dst." + hidden).isHidden())
                    .as(hidden)
                    .isTrue();
        }
        assertThat(source.field("dst.addr_raw")).isEmpty();
        assertThat(source.field("dst.addr_raw.v4")).isEmpty();
    }

    @Test
    void shouldWriteNoBracketsWhenCompatible() {
        new EndpointFormatter(true, true).apply(endpoint("gadget_l4endpoint_t"));

        assertThat(text(record(VERSION_6, 6, 53, 17), "dst.endpoint")).isEqualTo("2001:db8::1:53");
    }

    @Test
    void shouldDropEventsOfUnknownVersionsOnlyWhenCompatible() {
        assertThat(delivered(false)).isEqualTo(3);
    }

    @Test
    void shouldDropEventsOfUnknownVersionsWhenCompatible() {
        assertThat(delivered(true)).isEqualTo(2);
    }

    private int delivered(boolean compat) {
        new EndpointFormatter(false, compat).apply(endpoint("gadget_l3endpoint_t"));
        AtomicInteger delivered = new AtomicInteger();
        source.subscribe(50, record -> {
            delivered.incrementAndGet();
            return Verdict.KEEP;
        });
        for (int version : new int[] {4, 0, 6}) {
            source.emit(record(VERSION_4, version, 1, 1));
        }
        return delivered.get();
    }

    @Test
    void shouldLeaveStructuresOfAnotherShape() {
        source.addStaticFields(
                SIZE,
                List.of(
                        member("dst", Kind.BYTES, 0, 24, "type:gadget_l4endpoint_t"),
                        member("addr_raw", Kind.BYTES, 0, 16, "type:gadget_ip_addr_t")
                                .inside(0),
                        member("version", Kind.UINT8, 20, 1, "name:version").inside(0)));

        assertThat(new EndpointFormatter(true, false).apply(source.requireField("dst")))
                .isFalse();
        assertThat(source.field("dst.addr_raw")).isPresent();
    }
}

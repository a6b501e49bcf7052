// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataSourceTest {
    private final DataSource dataSource = DataSource.create("open", DataSourceType.SINGLE, FieldConfiguration.NONE);

    @Test
    void shouldNameTypesByWireNumber() {
        assertThat(DataSourceType.ofWireNumber(2)).isEqualTo(DataSourceType.ARRAY);
        assertThatThrownBy(() -> DataSourceType.ofWireNumber(0)).hasMessage("invalid data source type 0");
    }

    @Test
    void shouldLayOutStaticFieldsInOnePayload() {
        Container container = dataSource.addStaticFields(
                24,
                List.of(
                        StaticField.of("proc", Kind.BYTES, 0, 20),
                        StaticField.of("pid", Kind.UINT32, 0, 4).inside(0),
                        StaticField.of("comm", Kind.CSTRING, 4, 16)
                                .inside(0)
                                .withAnnotations(Map.of("columns.width", "9"))));
        assertThat(container).isEqualTo(new Container(0, 24));
        Field comm = dataSource.requireField("proc.comm");
        assertThat(comm.index()).isEqualTo(2);
        assertThat(comm.offset()).isEqualTo(4);
        assertThat(comm.size()).isEqualTo(16);
        assertThat(comm.order()).isZero();
        assertThat(comm.flags()).isEqualTo(FieldFlags.STATIC_MEMBER | FieldFlags.HAS_PARENT);
        assertThat(comm.annotations())
                .isEqualTo(Map.of("columns.width", "9", "columns.ellipsis", "end", "columns.alignment", "left"));
        assertThat(dataSource.payloadCount()).isEqualTo(1);
        assertThat(dataSource.payloadSize(0)).isEqualTo(24);
        assertThat(dataSource.requireField("proc").subFields())
                .extracting(Field::fullName)
                .containsExactly("proc.pid", "proc.comm");
    }

    @Test
    void shouldCommitStaticFieldsAllOrNone() {
        List<StaticField> twice =
                List.of(StaticField.of("a", Kind.UINT32, 0, 4), StaticField.of("a", Kind.UINT32, 4, 4));
        assertThatThrownBy(() -> dataSource.addStaticFields(8, twice))
                .hasMessage("field \"a\" already exists in data source \"open\"");
        assertThat(dataSource.fields()).isEmpty();
        assertThat(dataSource.payloadCount()).isZero();
        assertThat(dataSource.field("a")).isEmpty();
    }

    @Test
    void shouldRefuseStaticFieldsOutsideOfTheirContainer() {
        assertThatThrownBy(() -> dataSource.addStaticFields(8, List.of(StaticField.of("a", Kind.UINT32, 5, 4))))
                .hasMessage("field \"a\" (offset 5, size 4) exceeds the 8 bytes of data source \"open\"");
        assertThatThrownBy(() -> dataSource.addStaticFields(8, List.of(StaticField.of("a", Kind.UINT32, -1, 4))))
                .hasMessageContaining("offset -1");
        assertThatThrownBy(() ->
                        dataSource.addStaticFields(8, List.of(StaticField.of("a", Kind.BYTES, Integer.MAX_VALUE, 1))))
                .hasMessageContaining("exceeds");
        assertThatThrownBy(() -> dataSource.addStaticFields(
                        8, List.of(StaticField.of("a", Kind.UINT32, 0, 4).inside(1))))
                .hasMessage("field \"a\" has parent 1 of 1 fields");
        assertThatThrownBy(() -> dataSource.addStaticFields(
                        8, List.of(StaticField.of("a", Kind.UINT32, 0, 4).inside(0))))
                .hasMessage("field \"a\" comes before its parent 0");
    }

    @Test
    void shouldGiveEachAddedFieldAPayloadUnlessEmpty() {
        Field group = dataSource.addField(NewField.group("k8s"));
        Field node = dataSource.addField(
                NewField.of("node", Kind.STRING).under(group).withOrder(-31));
        Field beside = dataSource.addField(NewField.of("pod", Kind.STRING).beside(node));
        assertThat(dataSource.payloadCount()).isEqualTo(2);
        assertThat(group.flags()).isEqualTo(FieldFlags.EMPTY);
        assertThat(group.order()).isZero();
        assertThat(node.fullName()).isEqualTo("k8s.node");
        assertThat(node.payloadIndex()).isZero();
        assertThat(node.order()).isEqualTo(-31);
        assertThat(beside.fullName()).isEqualTo("k8s.pod");
        assertThat(beside.order()).isEqualTo(2);
        assertThat(group.addSubField(NewField.of("owner", Kind.STRING)).order()).isZero();
        assertThatThrownBy(() ->
                        dataSource.addField(NewField.of("node", Kind.STRING).under(group)))
                .hasMessage("field \"k8s.node\" already exists in data source \"open\"");
    }

    @Test
    void shouldReplaceDefaultAnnotationsOfAddedFields() {
        Field plain = dataSource.addField(NewField.of("a", Kind.STRING));
        Field own = dataSource.addField(NewField.of("b", Kind.STRING).withAnnotations(Map.of("x", "y")));
        assertThat(plain.annotations())
                .isEqualTo(Map.of("columns.width", "16", "columns.ellipsis", "end", "columns.alignment", "left"));
        assertThat(own.annotations()).isEqualTo(Map.of("x", "y"));
    }

    @Test
    void shouldApplyConfigurationInOrder() {
        FieldConfiguration configuration = new FieldConfiguration() {
            @Override
            public List<String> tags(String fullName) {
                return fullName.equals("p.time") ? List.of("configured") : List.of();
            }

            @Override
            public Map<String, String> annotations(String fullName) {
                return switch (fullName) {
                    case "p.time" -> Map.of("template", "bytes", "columns.width", "7");
                    case "odd" -> Map.of("template", "nosuch", "columns.hidden", "false");
                    default -> Map.of();
                };
            }
        };
        DataSource configured = DataSource.create("d", DataSourceType.SINGLE, configuration);
        Field parent = configured.addField(NewField.group("p"));
        Field time = configured.addField(NewField.of("time", Kind.UINT64)
                .under(parent)
                .withTags("own")
                .withAnnotations(Map.of("template", "timestamp", "columns.width", "1", "columns.ellipsis", "start")));
        assertThat(time.tags()).containsExactly("own", "configured");
        assertThat(time.annotation("columns.width")).contains("7");
        assertThat(time.annotation("columns.maxwidth")).contains("35");
        assertThat(time.annotation("columns.ellipsis")).contains("end");
        assertThat(time.annotation("columns.alignment")).contains("right");
        assertThat(time.annotation("template")).contains("bytes");
        assertThat(time.isHidden()).isTrue();
        Field odd = configured.addField(NewField.of("odd", Kind.UINT64).withFlags(FieldFlags.HIDDEN));
        assertThat(odd.isHidden()).isTrue();
        assertThat(configured.warnings())
                .containsExactly("field \"odd\" of data source \"d\": unknown annotation template \"nosuch\"");
    }

    @Test
    void shouldFindFieldsExactlyFirstAndThenInAnyCase() {
        Field upper = dataSource.addField(NewField.of("Name", Kind.STRING));
        Field lower = dataSource.addField(NewField.of("name", Kind.STRING));
        assertThat(dataSource.field("name")).contains(lower);
        assertThat(dataSource.field("NAME")).contains(upper);
        assertThat(dataSource.field("other")).isEmpty();
        assertThatThrownBy(() -> dataSource.requireField("other"))
                .hasMessage("field \"other\" not found in data source \"open\"");
    }

    @Test
    void shouldFreeNamesOfReleasedFields() {
        Field group = dataSource.addField(NewField.group("g"));
        Field child = dataSource.addField(NewField.of("c", Kind.STRING).under(group));
        group.removeReference(true);
        assertThat(dataSource.field("g")).isEmpty();
        assertThat(dataSource.field("G.C")).isEmpty();
        assertThat(child.isReferenced()).isFalse();
        assertThat(group.subFields()).containsExactly(child);
        Field again = dataSource.addField(NewField.of("g", Kind.STRING));
        assertThat(again.index()).isEqualTo(2);
        assertThat(dataSource.field("g")).contains(again);
    }

    @Test
    void shouldRenameRootsWithTheirChildren() {
        Field group = dataSource.addField(NewField.group("g"));
        Field child = dataSource.addField(NewField.of("c", Kind.STRING).under(group));
        group.rename("h");
        assertThat(dataSource.field("h.c")).contains(child);
        assertThat(dataSource.field("g.c")).isEmpty();
        assertThatThrownBy(() -> child.rename("x"))
                .hasMessage("field \"h.c\" is not a root field and cannot be renamed");
        dataSource.addField(NewField.of("x", Kind.STRING));
        assertThatThrownBy(() -> group.rename("x")).hasMessageContaining("already exists");
    }

    @Test
    void shouldFindFieldsByTag() {
        Field a = dataSource.addField(NewField.of("a", Kind.STRING).withTags("x", "y"));
        Field b =
                dataSource.addField(NewField.of("b", Kind.STRING).withTags("z").under(a));
        dataSource.addField(NewField.of("c", Kind.STRING));
        assertThat(dataSource.fieldsWithTag("z", "y")).containsExactly(a, b);
        assertThat(a.subFieldsWithTag("z")).containsExactly(b);
        assertThat(a.subFieldsWithTag("x")).isEmpty();
        assertThat(a.hasTag("x")).isTrue();
    }

    @Test
    void shouldHideRecursively() {
        Field group = dataSource.addField(NewField.group("g"));
        Field child = dataSource.addField(NewField.of("c", Kind.STRING).under(group));
        group.setHidden(true, true);
        assertThat(child.isHidden()).isTrue();
        child.setHidden(false, false);
        assertThat(child.isHidden()).isFalse();
        assertThat(group.isHidden()).isTrue();
    }

    @Test
    void shouldFixTheLayoutAtStart() {
        Field field = dataSource.addField(NewField.of("a", Kind.UINT32));
        assertThatThrownBy(dataSource::newRecord).hasMessage("data source \"open\" has not started");
        dataSource.start();
        String expected = "data source \"open\" has started and cannot be changed";
        assertThatThrownBy(() -> dataSource.addField(NewField.of("b", Kind.STRING)))
                .hasMessage(expected);
        assertThatThrownBy(() -> field.setHidden(true, false)).hasMessage(expected);
        assertThatThrownBy(() -> field.setConstant(1)).hasMessage(expected);
        assertThatThrownBy(field::asWriter).hasMessage(expected);
        assertThatThrownBy(() -> dataSource.subscribe(0, _ -> Verdict.KEEP)).hasMessage(expected);
    }

    @Test
    void shouldRebuildReceivedLayout() {
        DataSource received = Example.dataSource("trace_open");
        assertThat(received.name()).isEqualTo("open");
        assertThat(received.payloadCount()).isEqualTo(25);
        assertThat(received.payloadSize(0)).isEqualTo(927);
        assertThat(received.requireField("proc.creds.user").parent()).contains(received.requireField("proc.creds"));
        assertThat(received.requireField("k8s.node").order()).isEqualTo(-31);
        assertThat(received.requireField("k8s.node").isHidden()).isTrue();
    }

    @Test
    void shouldRefuseReceivedFieldsThatMakeNoSense() {
        assertThatThrownBy(() -> receive(new WireField(
                        "a", "a", 0, 0, 0, FieldFlags.HAS_PARENT, Kind.STRING, List.of(), Map.of(), 0, 0)))
                .hasMessage("field \"a\" has parent 0 but index 0");
        assertThatThrownBy(() ->
                        receive(new WireField("a", "a", 1 << 30, 0, 0, 0, Kind.STRING, List.of(), Map.of(), 0, 0)))
                .hasMessageContaining("the limit is 65536");
        assertThatThrownBy(() -> receive(
                        new WireField("a", "a", 0, Integer.MAX_VALUE, 8, 0, Kind.STRING, List.of(), Map.of(), 0, 0)))
                .hasMessageContaining("offset 2147483647");
    }

    private static void receive(WireField field) {
        List<WireField> fields = new ArrayList<>(List.of(field));
        DataSource.received("r", DataSourceType.SINGLE, java.nio.ByteOrder.BIG_ENDIAN, fields);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
    @ParameterizedTest
    @ValueSource(strings = {"trace_open", "trace_exec"})
    void shouldWriteCapturedSinglesAgain(String gadget) {
        DataSource dataSource = Example.dataSource(gadget);
        ExampleFiller filler = new ExampleFiller(dataSource);
        dataSource.start();
        JsonWriter writer = JsonWriter.compact(dataSource, OutputOptions.plain());
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0)) {
            for (String line : Example.lines(gadget + ".json.txt")) {
                record.begin();
                filler.fill(record, SmallJson.object(line));
                writer.write(record, out);
            }
            assertThat(out.toString()).isEqualTo(Example.text(gadget + ".json.txt"));
        }
    }

    @Test
    void shouldWriteCapturedPrettySingleAgain() {
        String expected = Example.text("trace_open.jsonpretty.txt");
        expected = expected.substring(0, expected.indexOf("\n}\n") + 3);
        DataSource dataSource = Example.dataSource("trace_open");
        ExampleFiller filler = new ExampleFiller(dataSource);
        dataSource.start();
        JsonWriter writer = JsonWriter.pretty(dataSource, OutputOptions.plain());
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0)) {
            record.begin();
            filler.fill(record, SmallJson.object(expected));
            writer.write(record, out);
            assertThat(out.toString()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot_process.json.txt", "snapshot_process.jsonpretty.txt", "bpfstats.json.txt"})
    void shouldWriteCapturedArraysAgain(String resource) {
        boolean pretty = resource.contains("pretty");
        DataSource dataSource = Example.dataSource(resource.substring(0, resource.indexOf('.')));
        ExampleFiller filler = new ExampleFiller(dataSource);
        dataSource.start();
        OutputOptions options = OutputOptions.plain();
        JsonWriter writer = pretty ? JsonWriter.pretty(dataSource, options) : JsonWriter.compact(dataSource, options);
        List<String> packets = pretty ? List.of(Example.text(resource)) : Example.lines(resource);
        try (RecordArray array = dataSource.newArray();
                Utf8Buffer out = new Utf8Buffer(0)) {
            for (String packet : packets) {
                array.begin();
                for (Object element : (List<?>) SmallJson.parse(packet)) {
                    @SuppressWarnings("unchecked") // The keys of a JSON object are strings.
                    Map<String, Object> object = (Map<String, Object>) element;
                    filler.fill(array.add(), object);
                }
                writer.write(array, out);
            }
            assertThat(out.toString()).isEqualTo(Example.text(resource));
        }
    }

    @Test
    void shouldWriteEmptyArray() {
        DataSource dataSource = Example.dataSource("snapshot_process");
        dataSource.start();
        try (RecordArray array = dataSource.newArray();
                Utf8Buffer out = new Utf8Buffer(0)) {
            JsonWriter.pretty(dataSource, OutputOptions.plain()).write(array, out);
            assertThat(out.toString()).isEqualTo(Example.text("snapshot_process.json-empty.txt"));
        }
    }

    private static String written(DataSource dataSource, Record record, OutputOptions options) {
        try (Utf8Buffer out = new Utf8Buffer(0)) {
            JsonWriter.compact(dataSource, options).write(record, out);
            return out.toString();
        }
    }

    @Test
    void shouldStayValidWhereTheReferenceDoesNot() {
        DataSource dataSource = DataSource.create("odd", DataSourceType.SINGLE, FieldConfiguration.NONE);
        FieldWriter bools =
                dataSource.addField(NewField.of("bools", Kind.BOOL_ARRAY)).asWriter();
        FieldWriter nan = dataSource.addField(NewField.of("nan", Kind.FLOAT64)).asWriter();
        FieldWriter numbers =
                dataSource.addField(NewField.of("numbers", Kind.UINT64_ARRAY)).asWriter();
        FieldWriter odd =
                dataSource.addField(NewField.of("odd\"name", Kind.BOOL)).asWriter();
        FieldWriter texts =
                dataSource.addField(NewField.of("texts", Kind.CSTRING_ARRAY)).asWriter();
        FieldWriter unknown =
                dataSource.addField(NewField.of("unknown", Kind.INVALID)).asWriter();
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            record.begin();
            bools.setBytes(record, new byte[] {1, 0});
            nan.setDouble(record, Double.NaN);
            numbers.setBytes(record, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
            odd.setLong(record, 2);
            texts.setText(record, "a\0\0b\"");
            unknown.setBytes(record, new byte[] {1, (byte) 0xab});
            assertThat(written(dataSource, record, OutputOptions.plain())).isEqualTo("""
                            {"bools":[true,false],"nan":null,"numbers":[18446744073709551615],"odd\\"name":true,\
                            "texts":["a","b\\""],"unknown":"01ab"}
                            """);
            assertThat(written(dataSource, record, OutputOptions.plain().withCompat()))
                    .isEqualTo("""
                            {,"nan":,"numbers":[-1],"odd"name":false,,"unknown":"01ab"}
                            """);
        }
    }

    @Test
    void shouldIndentValueArrays() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        FieldWriter full =
                dataSource.addField(NewField.of("full", Kind.INT8_ARRAY)).asWriter();
        dataSource.addField(NewField.of("none", Kind.INT8_ARRAY)).asWriter();
        dataSource.start();
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0)) {
            full.setBytes(record, new byte[] {1, -2});
            JsonWriter.pretty(dataSource, OutputOptions.plain()).write(record, out);
            // An empty array keeps its inner indentation, as the reference has it.
            assertThat(out.toString())
                    .isEqualTo("{\n  \"full\": [\n    1,\n    -2\n  ],\n  \"none\": [\n    \n  ]\n}\n");
        }
    }

    @Test
    void shouldWriteSelectedFieldsWithAncestorsAndDescendants() {
        DataSource dataSource = Example.dataSource("trace_open");
        dataSource.start();
        List<Field> fields = FieldSelection.parse("proc.creds,proc.pid,fname").fields(dataSource, false);
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0)) {
            JsonWriter.compact(dataSource, fields, OutputOptions.plain()).write(record, out);
            JsonWriter.compact(dataSource, fields, OutputOptions.plain().withCompat())
                    .write(record, out);
            assertThat(out.toString()).isEqualTo("""
                            {"fname":"","proc":{"creds":{"gid":0,"group":"","uid":0,"user":""},"pid":0}}
                            {"fname":"","proc":{"creds":{},"pid":0}}
                            """);
        }
    }

    @Test
    void shouldFoldConstantsIntoThePlan() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        dataSource.addField(NewField.of("a", Kind.STRING)).setConstant("q\"");
        dataSource.addField(NewField.of("b", Kind.INT32)).setConstant(-1);
        dataSource.addField(NewField.of("c", Kind.BOOL));
        dataSource.addField(NewField.of("d", Kind.BYTES)).setConstant("\u0001");
        dataSource.addField(NewField.of("e", Kind.FLOAT64)).setConstant(Double.doubleToRawLongBits(0.25));
        dataSource.addField(NewField.of("f", Kind.INT32_ARRAY));
        dataSource.addField(NewField.group("g"));
        dataSource.addField(NewField.of("h", Kind.STRING).withAnnotations(Map.of("json.skip", "true")));
        dataSource.addField(NewField.of("i", Kind.STRING)).removeReference(false);
        dataSource.addField(NewField.of("j", Kind.STRING)).deriveText((_, out) -> out.append("line\n"));
        LongTextMemo memo = new LongTextMemo(10, key -> Utf8Literal.of("\t" + key));
        dataSource.addField(NewField.of("k", Kind.STRING)).deriveLiteral(_ -> memo.of(5));
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            assertThat(written(dataSource, record, OutputOptions.plain())).isEqualTo("""
                            {"a":"q\\"","b":-1,"c":false,"d":"01","e":0.25,"f":[],"g":"","j":"line\\n","k":"\\t5"}
                            """);
        }
    }

    @Test
    void shouldWriteNothingButBracesForNoFields() {
        DataSource dataSource = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
        dataSource.start();
        try (Record record = dataSource.newRecord()) {
            assertThat(written(dataSource, record, OutputOptions.plain())).isEqualTo("{}\n");
        }
    }
}

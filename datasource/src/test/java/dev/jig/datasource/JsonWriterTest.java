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
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriterTest {
    @ParameterizedTest
    @ValueSource(strings = {"trace_open", "trace_exec", "snapshot_process", "bpfstats"})
    void shouldWriteCapturedDocumentsAgain(String gadget) {
        DataSource dataSource = Example.dataSource(gadget);
        ExampleFiller filler = new ExampleFiller(dataSource);
        dataSource.start();
        YamlWriter writer = YamlWriter.of(dataSource, OutputOptions.plain());
        String expected = Example.text(gadget + ".yaml.txt");
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0)) {
            for (String document : expected.split("(?m)^---\n", -1)) {
                if (!document.isEmpty()) {
                    record.begin();
                    filler.fill(record, SmallYaml.parse(document));
                    writer.write(record, out);
                }
            }
            assertThat(out.toString()).isEqualTo(expected);
        }
    }

    @Test
    void shouldWriteArraysAsSequencesBelowTheirKeys() {
        DataSource dataSource = DataSource.create("arrays", DataSourceType.SINGLE, FieldConfiguration.NONE);
        Field group = dataSource.addField(NewField.group("group"));
        FieldWriter numbers = dataSource
                .addField(NewField.of("numbers", Kind.UINT64_ARRAY).under(group))
                .asWriter();
        FieldWriter none =
                dataSource.addField(NewField.of("none", Kind.INT32_ARRAY)).asWriter();
        FieldWriter texts =
                dataSource.addField(NewField.of("texts", Kind.CSTRING_ARRAY)).asWriter();
        dataSource.addField(NewField.group("empty"));
        dataSource.start();
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0)) {
            record.begin();
            numbers.setBytes(record, new byte[] {1, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1});
            none.setBytes(record, new byte[0]);
            texts.setText(record, "a\0\0yes\0");
            YamlWriter.of(dataSource, OutputOptions.plain()).write(record, out);
            assertThat(out.toString()).isEqualTo("""
                            ---
                            empty: ""
                            group:
                              numbers:
                              - 1
                              - 18446744073709551615
                            none: []
                            texts:
                            - a
                            - "yes"
                            """);
        }
    }

    @Test
    void shouldWriteConstantsLikeValues() {
        DataSource dataSource = DataSource.create("constants", DataSourceType.SINGLE, FieldConfiguration.NONE);
        dataSource.addField(NewField.of("bool", Kind.BOOL)).setConstant(1);
        dataSource.addField(NewField.of("float", Kind.FLOAT64)).setConstant(Double.doubleToRawLongBits(Double.NaN));
        dataSource.addField(NewField.of("text", Kind.STRING)).setConstant("123");
        dataSource.addField(NewField.of("bytes", Kind.BYTES)).setConstant("ab");
        dataSource.addField(NewField.of("y", Kind.INT8)).setConstant(-3);
        dataSource.start();
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0)) {
            YamlWriter.of(dataSource, OutputOptions.plain()).write(record, out);
            assertThat(out.toString()).isEqualTo("""
                            ---
                            bool: true
                            bytes: "6162"
                            float: .nan
                            text: "123"
                            "y": -3
                            """);
        }
    }
}

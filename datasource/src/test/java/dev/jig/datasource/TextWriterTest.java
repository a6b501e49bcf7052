// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextWriterTest {
    @Test
    void shouldWriteTextsWithoutAnythingBetween() {
        DataSource dataSource = DataSource.create("d", DataSourceType.ARRAY, FieldConfiguration.NONE);
        FieldWriter text = dataSource.addField(NewField.of("text", Kind.STRING)).asWriter();
        FieldWriter number =
                dataSource.addField(NewField.of("number", Kind.INT32)).asWriter();
        dataSource.addField(NewField.group("group"));
        dataSource.annotate("cli.clear-screen-before", "true");
        dataSource.start();
        try (RecordArray array = dataSource.newArray();
                Utf8Buffer plain = new Utf8Buffer(0);
                Utf8Buffer terminal = new Utf8Buffer(0);
                Utf8Buffer silent = new Utf8Buffer(0)) {
            for (int i = 0; i < 2; i++) {
                Record record = array.add();
                text.setText(record, "a\"\n");
                number.setLong(record, -i);
            }
            write(new TextWriter(dataSource, OutputOptions.plain()), array, plain);
            write(new TextWriter(dataSource, OutputOptions.terminal(80)), array, terminal);
            write(new SilentWriter(), array, silent);
            assertThat(plain.toString()).isEqualTo("a\"\n0a\"\n-1");
            assertThat(terminal.toString()).isEqualTo("\u001b[H\u001b[2Ja\"\n0\u001b[H\u001b[2Ja\"\n-1");
            assertThat(silent.length()).isZero();
        }
    }

    private static void write(OutputWriter writer, RecordArray array, Utf8Buffer out) {
        try (writer) {
            writer.start(out);
            writer.write(array, out);
        }
    }
}

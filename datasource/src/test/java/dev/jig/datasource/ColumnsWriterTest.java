// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsWriterTest {
    private static final OutputOptions COMPAT = OutputOptions.plain().withCompat();

    @ParameterizedTest
    @CsvSource({
        "trace_open.columns.txt, 0",
        "trace_open.columns-terminal80.txt, 80",
        "trace_open.columns-terminal120.txt, 120",
        "trace_open.columns-terminal200.txt, 200"
    })
    void shouldWriteCapturedTablesAgain(String resource, int terminalWidth) {
        OutputOptions options = terminalWidth == 0
                ? COMPAT
                : OutputOptions.terminal(terminalWidth).withCompat();
        assertThat(table("trace_open", "trace_open.json.txt", resource, FieldSelection.usual(), options))
                .isEqualTo(Example.text(resource));
    }

    @Test
    void shouldWriteCapturedSelectionAgain() {
        String resource = "trace_open.fields-plus-minus.txt";
        FieldSelection selection = FieldSelection.parse("+flags,-fd");
        assertThat(table("trace_open", "trace_open.json.txt", resource, selection, COMPAT))
                .isEqualTo(Example.text(resource));
    }

    /** Writes the records of a JSON capture with the process ids that a table capture has. */
    private static String table(
            String gadget, String json, String table, FieldSelection selection, OutputOptions options) {
        DataSource dataSource = Example.dataSource(gadget);
        ExampleFiller filler = new ExampleFiller(dataSource);
        dataSource.start();
        List<Map<String, Object>> objects = new ArrayList<>();
        for (String line : Example.lines(json)) {
            objects.add(SmallJson.object(line));
        }
        List<String> rows = Example.lines(table);
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0);
                ColumnsWriter writer =
                        ColumnsWriter.of(dataSource, selection.fields(dataSource, options.compat()), options)) {
            writer.start(out);
            for (int i = 0; i < objects.size(); i++) {
                record.begin();
                filler.fill(record, objects.get(i));
                setProcessIds(filler, record, rows.get(i + 1));
                writer.write(record, out);
            }
            return out.toString();
        }
    }

    private static void setProcessIds(ExampleFiller filler, Record record, String row) {
        List<Long> numbers = new ArrayList<>();
        for (String word : row.split(" +", -1)) {
            if (word.matches("[0-9]{3,}")) {
                numbers.add(Long.parseLong(word));
            }
        }
        filler.set(record, "proc.pid", numbers.get(0));
        filler.set(record, "proc.tid", numbers.get(1));
        if (numbers.size() > 2) {
            filler.set(record, "proc.parent.tid", numbers.get(2));
        }
    }
}

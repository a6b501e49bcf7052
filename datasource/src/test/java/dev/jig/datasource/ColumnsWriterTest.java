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

    @Test
    void shouldWriteCapturedStatisticsAgain() {
        DataSource dataSource = Example.dataSource("bpfstats");
        ExampleFiller filler = new ExampleFiller(dataSource);
        dataSource.annotate("cli.clear-screen-before", "true");
        dataSource.start();
        try (RecordArray array = dataSource.newArray();
                Utf8Buffer out = new Utf8Buffer(0);
                ColumnsWriter writer = ColumnsWriter.of(dataSource, FieldSelection.usualFields(dataSource), COMPAT)) {
            Record record = array.add();
            filler.set(record, "progID", 3852L);
            filler.set(record, "progName", "ig_openat_e");
            filler.set(record, "progType", "TracePoint");
            filler.set(record, "cpuUsage", 1.6276031);
            filler.set(record, "cpuUsageRelative", 0.81380155);
            filler.set(record, "cpuTimeStr", "16.276031ms");
            filler.set(record, "runtime", "16.28ms");
            filler.set(record, "runcount", 28968L);
            filler.set(record, "mapMemory", "1.1 MB");
            filler.set(record, "mapCount", 3L);
            writer.start(out);
            writer.write(array, out);
            assertThat(out.toString())
                    .isEqualTo(String.join(
                                    "\n", Example.lines("bpfstats.columns.txt").subList(0, 3)) + "\n");
        }
    }

    @Test
    void shouldWriteCapturedArgumentsAgain() {
        DataSource dataSource = Example.dataSource("trace_exec");
        ExampleFiller filler = new ExampleFiller(dataSource);
        dataSource.start();
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0);
                ColumnsWriter writer = ColumnsWriter.of(dataSource, FieldSelection.usualFields(dataSource), COMPAT)) {
            writer.start(out);
            record.begin();
            filler.set(record, "proc.comm", "echo");
            filler.set(record, "proc.pid", 191L);
            filler.set(record, "proc.tid", 191L);
            filler.set(record, "proc.parent.tid", 124L);
            filler.set(record, "args", "/bin/echo\u00a0hello");
            writer.write(record, out);
            // The capture has lost the blank at the end of its header.
            assertThat(out.toString().lines())
                    .startsWith(Example.lines("trace_exec.columns.txt").getFirst());
            assertThat(out.toString().lines().toList().get(1))
                    .isEqualTo(Example.lines("trace_exec.columns.txt").get(1));
        }
    }

    @Test
    void shouldKeepLongTextsAndForeignSpacesWhereNothingLimitsTheLine() {
        DataSource dataSource = Example.dataSource("trace_exec");
        ExampleFiller filler = new ExampleFiller(dataSource);
        dataSource.start();
        List<Field> fields = FieldSelection.parse("comm,args").fields(dataSource, false);
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0);
                ColumnsWriter writer = ColumnsWriter.of(dataSource, fields, OutputOptions.plain())) {
            record.begin();
            filler.set(record, "proc.comm", "echo");
            filler.set(record, "args", "/bin/echo\u00a0hello\u001b[2J\u202e long");
            writer.write(record, out);
            assertThat(out.toString()).isEqualTo("echo             /bin/echo\u00a0hello\\x1b[2J\\u202e long\n");
        }
    }

    @Test
    void shouldWidenColumnToItsHeaderWhereNothingLimitsTheLine() {
        DataSource dataSource = Example.dataSource("bpfstats");
        dataSource.start();
        List<Field> fields = FieldSelection.parse("progID,mapCount").fields(dataSource, false);
        try (Utf8Buffer out = new Utf8Buffer(0);
                ColumnsWriter writer = ColumnsWriter.of(dataSource, fields, OutputOptions.plain())) {
            writer.start(out);
            assertThat(out.toString()).isEqualTo("PROGID MAPCOUNT\n");
        }
    }

    @Test
    void shouldWriteHeaderOncePerRunUnlessTheScreenIsCleared() {
        DataSource dataSource = Example.dataSource("snapshot_process");
        dataSource.start();
        List<Field> fields = FieldSelection.parse("comm").fields(dataSource, false);
        assertThat(twoEmptyPackets(dataSource, fields, OutputOptions.plain())).isEqualTo("COMM            \n");
        assertThat(twoEmptyPackets(dataSource, fields, COMPAT)).isEqualTo("COMM            \nCOMM            \n");
        dataSource.annotate("cli.clear-screen-before", "true");
        assertThat(twoEmptyPackets(dataSource, fields, OutputOptions.plain())).isEqualTo("COMM            \n");
        String cleared = "\u001b[H\u001b[2JCOMM \n";
        assertThat(twoEmptyPackets(dataSource, fields, OutputOptions.terminal(5)))
                .isEqualTo(cleared.repeat(3));
    }

    private static String twoEmptyPackets(DataSource dataSource, List<Field> fields, OutputOptions options) {
        try (RecordArray array = dataSource.newArray();
                Utf8Buffer out = new Utf8Buffer(0);
                ColumnsWriter writer = ColumnsWriter.of(dataSource, fields, options)) {
            writer.start(out);
            writer.write(array, out);
            writer.write(array, out);
            return out.toString();
        }
    }

    @Test
    void shouldFitAgainAfterTheTerminalChanged() {
        DataSource dataSource = Example.dataSource("snapshot_process");
        dataSource.start();
        List<Field> fields = FieldSelection.parse("creds.user,creds.group").fields(dataSource, false);
        try (Utf8Buffer out = new Utf8Buffer(0);
                ColumnsWriter writer = ColumnsWriter.of(dataSource, fields, OutputOptions.terminal(30))) {
            writer.start(out);
            writer.resize(15, out);
            assertThat(out.toString()).startsWith("CREDS.USER ").endsWith("\nCREDS.… CREDS.…\n");
        }
    }

    @Test
    void shouldLetHeadersStandOutForPeople() {
        DataSource dataSource = Example.dataSource("snapshot_process");
        dataSource.start();
        List<Field> fields = FieldSelection.parse("creds.user").fields(dataSource, false);
        OutputOptions options = OutputOptions.terminal(10).withEmphasis();
        try (Utf8Buffer out = new Utf8Buffer(0);
                ColumnsWriter writer = ColumnsWriter.of(dataSource, fields, options);
                ColumnsWriter upstream = ColumnsWriter.of(dataSource, fields, options.withCompat())) {
            writer.start(out);
            upstream.beginArray(out);
            assertThat(out.toString()).endsWith("\u001b[1mCREDS.USER\u001b[0m\nCREDS.USER\n");
        }
    }

    @Test
    void shouldCountCellsOfWideCharacters() {
        DataSource dataSource = DataSource.create("wide", DataSourceType.SINGLE, FieldConfiguration.NONE);
        FieldWriter text = dataSource
                .addField(NewField.of("text", Kind.STRING)
                        .withAnnotations(Map.of("columns.width", "5", "columns.ellipsis", "end")))
                .asWriter();
        dataSource.start();
        List<Field> fields = FieldSelection.usualFields(dataSource);
        try (Record record = dataSource.newRecord();
                Utf8Buffer out = new Utf8Buffer(0);
                ColumnsWriter cells = ColumnsWriter.of(dataSource, fields, OutputOptions.terminal(5));
                ColumnsWriter codePoints = ColumnsWriter.of(
                        dataSource, fields, OutputOptions.terminal(5).withCompat())) {
            record.begin();
            text.setText(record, "漢字");
            cells.write(record, out);
            codePoints.write(record, out);
            text.setText(record, "漢字漢字");
            cells.write(record, out);
            codePoints.write(record, out);
            text.setText(record, "a\u0301b漢字字");
            cells.write(record, out);
            assertThat(out.toString()).isEqualTo("漢字 \n漢字   \n漢字…\n漢字漢字 \na\u0301b漢…\n");
        }
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

// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Record;
import dev.jig.gadget.GadgetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Gadgets of the catalogue without a kernel: what they once saw, and what the operators make of it. */
class RecordingsTest {
    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(RecordingsTest.class.getResource("/recordings/" + name), name)
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The values of fields in each record. */
    private static List<List<String>> rows(String name, String source, String... fields) {
        List<List<String>> rows = new ArrayList<>();
        try (Gadget gadget = Recordings.fast().open(file(name))) {
            DataSource data = gadget.dataSource(source);
            gadget.subscribe(source, record -> {
                List<String> row = new ArrayList<>();
                for (String field : fields) {
                    row.add(value(data.requireField(field), record));
                }
                rows.add(row);
            });
            gadget.run(Duration.ZERO);
            assertThat(gadget.count(source).delivered()).isEqualTo(rows.size());
        }
        return rows;
    }

    private static String value(Field field, Record record) {
        return field.kind().isNumeric() ? String.valueOf(record.number(field)) : record.text(field);
    }

    @Test
    void shouldReplayOpens() {
        assertThat(rows("trace_open.jig", "open", "proc.comm", "proc.parent.comm", "proc.creds.user", "fname", "error"))
                .containsExactly(
                        List.of("cat", "sh", "root", "/etc/ld.so.cache", ""),
                        List.of("cat", "sh", "root", "/lib/x86_64-linux-gnu/libc.so.6", ""),
                        List.of("cat", "sh", "root", "/etc/hostname", ""),
                        List.of("cat", "sh", "root", "/etc/missing", "ENOENT"),
                        List.of("cat", "bash", "daemon", "/etc/ld.so.cache", ""),
                        List.of("cat", "bash", "daemon", "/lib/x86_64-linux-gnu/libc.so.6", ""),
                        List.of("cat", "bash", "daemon", "/etc/shadow", "EACCES"));
    }

    @Test
    void shouldShowTheTimesOfTheRecordingMachine() {
        assertThat(rows("trace_open.jig", "open", "timestamp"))
                .allSatisfy(row -> assertThat(row.getFirst())
                        .startsWith("2026-11-21T22:54:4")
                        .endsWith("Z"));
    }

    @Test
    void shouldReplayExecutions() {
        assertThat(rows("trace_exec.jig", "exec", "proc.comm", "args", "proc.creds.user", "error"))
                .containsExactly(
                        List.of(
                                "sh",
                                "sh\u00a0-c\u00a0cat /etc/hostname \"/etc/two words\"; /usr/bin/missing; :",
                                "daemon",
                                ""),
                        List.of("cat", "cat\u00a0/etc/hostname\u00a0/etc/two words", "daemon", ""),
                        List.of("sh", "/usr/bin/missing", "daemon", "ENOENT"));
    }

    @Test
    void shouldReplayProcesses() {
        assertThat(rows("snapshot_process.jig", "processes", "comm", "creds.uid", "creds.user"))
                .contains(List.of("sleep", "0", "root"), List.of("sleep", "1", "daemon"));
    }

    @Test
    void shouldDrawHistogramsAnew() {
        List<List<String>> drawings = rows("profile_blockio.jig", "blockio-rendered", "text");

        assertThat(drawings).isNotEmpty();
        assertThat(drawings.getLast().getFirst())
                .startsWith("latency\n")
                .contains("        32 -> 64         : 18       |********                                |");
    }

    @Test
    void shouldTellWhatTheGadgetIs() {
        try (Gadget gadget = Recordings.fast().open(file("trace_open.jig"))) {
            assertThat(gadget.dataSources()).extracting(DataSource::name).containsExactly("open");
            assertThat(gadget.dataSource("open").requireField("fname").annotation("description"))
                    .contains("The file's name as the program gave it");
        }
    }

    @Test
    void shouldRefuseWhatIsNoRecording() {
        Path none = file("../dev/jig/runtime/RecordingsTest.class");

        assertThatThrownBy(() -> Recordings.fast().open(none, Map.of()))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("is not a recording");
    }
}

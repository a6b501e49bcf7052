// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("run.jig");
    }

    @Test
    void shouldReplayWhatWasSeen() {
        Runs.Seen live = Runs.record(file(), emitter -> {
            emitter.call(5_000, 7, 9, "first");
            emitter.call(0x1_0000_0000L, -1, 15, "");
            emitter.endBatch();
            emitter.top(3, "element");
            emitter.call(6_000, 8, 0, "last");
            emitter.top(0, "");
        });

        Runs.Seen replayed = Runs.replay(file());

        assertThat(live.packets()).hasSize(5);
        assertThat(live.packets().getFirst())
                .contains("id=7 bits=9 name=first word=word 7 twice=14")
                .endsWith("user=recording machine user 1 path=/recording machine/7");
        assertThat(replayed.packets()).isEqualTo(live.packets());
        assertThat(replayed.counts()).isEqualTo(live.counts());
        assertThat(replayed.messages()).isEmpty();
    }

    @Test
    void shouldReplayManyBlocks() {
        Runs.Seen live = Runs.record(file(), emitter -> {
            for (int i = 0; i < 30_000; i++) {
                emitter.call(i + 1, i, i & 15, "event " + i);
            }
            emitter.top(40_000, "an array in several blocks");
        });

        assertThat(Runs.replay(file()).packets()).isEqualTo(live.packets());
        try (Recording recording = Recording.open(file())) {
            assertThat(recording.summarise().blocks()).isGreaterThan(4);
        }
    }

    @Test
    void shouldTellLosses() {
        Runs.record(file(), emitter -> {
            emitter.call(1, 1, 1, "x");
            emitter.lose(17);
        });

        Runs.Seen replayed = Runs.replay(file());

        assertThat(replayed.counts()).containsEntry(FakeGadget.SINGLE, "1 and 17 lost");
        assertThat(replayed.messages())
                .containsExactly("lost 17 events of data source \"calls\" when this was recorded");
    }

    @Test
    void shouldSummarise() throws IOException {
        Runs.record(file(), Map.of("operator.oci.ebpf.comm", "cat", "operator.cli.output", "json"), emitter -> {
            emitter.call(1, 1, 1, "x");
            emitter.call(2, 2, 2, "y");
            emitter.top(5, "z");
            emitter.lose(3);
        });

        try (Recording recording = Recording.open(file())) {
            RecordingSummary summary = recording.summarise();
            assertThat(summary.image()).isEqualTo("fake");
            assertThat(summary.params()).containsOnly(Map.entry("operator.oci.ebpf.comm", "cat"));
            assertThat(summary.sources())
                    .extracting(RecordingSummary.Source::name)
                    .containsExactly("calls", "top");
            assertThat(summary.sources())
                    .extracting(RecordingSummary.Source::records)
                    .containsExactly(2L, 5L);
            assertThat(summary.sources())
                    .extracting(RecordingSummary.Source::lost)
                    .containsExactly(3L, 0L);
            assertThat(summary.bytes()).isEqualTo(Files.size(file()));
            assertThat(summary.problems()).isEmpty();
        }
    }

    @Test
    void shouldKeepParamsThatSayHowRecordsWereMade() {
        Map<String, String> params = Map.of("operator.oci.ebpf.comm", "cat", "operator.sort.sort", "pid");
        Runs.record(file(), params, emitter -> {});

        try (Recording recording = Recording.open(file())) {
            assertThat(recording.values(Map.of("operator.cli.output", "yaml")))
                    .containsEntry("operator.oci.ebpf.comm", "cat")
                    .containsEntry("operator.cli.output", "yaml")
                    .doesNotContainKey("operator.sort.sort");
        }
    }

    @Test
    void shouldMakeAFileForItsOwnerOnly() throws IOException {
        Runs.record(file(), emitter -> emitter.call(1, 1, 1, "x"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldNotReplaceAFileUnasked() throws IOException {
        Files.writeString(file(), "precious");

        assertThatThrownBy(() -> Runs.record(file(), emitter -> {}))
                .hasMessageContaining("the file exists already (--record-overwrite replaces it)");
        assertThat(file()).hasContent("precious");
    }

    @Test
    void shouldReplaceAFileWhenAsked() throws IOException {
        Files.writeString(file(), "not precious");

        Runs.record(
                file(),
                Map.of(RecordOperator.OVERWRITE.qualifiedName(), "true"),
                emitter -> emitter.call(1, 1, 1, "x"));

        assertThat(Runs.replay(file()).packets()).hasSize(1);
    }

    @Test
    void shouldSayWhereNothingCanBeWritten() {
        Path missing = folder.resolve("missing/run.jig");

        assertThatThrownBy(() -> Runs.record(missing, emitter -> {}))
                .hasMessageContaining("recording " + missing + ": no such file or folder");
    }

    @Test
    void shouldReplayRecordsOfAnotherByteOrder() {
        OtherMachine gadget = new OtherMachine();
        List<String> live = Runs.recordNumbers(file(), gadget);

        assertThat(live).containsExactly("305419896", "-2");
        assertThat(Runs.replayNumbers(file())).isEqualTo(live);
    }

    @Test
    void shouldRefuseASpeedBelowZero() {
        Runs.record(file(), emitter -> {});

        try (Recording recording = Recording.open(file())) {
            assertThatThrownBy(() -> Runs.replay(recording, "-1")).hasMessageContaining("--speed must be 0 or more");
        }
    }
}

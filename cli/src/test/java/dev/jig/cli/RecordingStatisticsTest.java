// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.recording.RecordingSummary;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordingStatisticsTest {
    private final RecordingSummary summary = new RecordingSummary(
            "trace_open",
            "sha256:1234",
            Map.of("operator.oci.ebpf.comm", "c\u001bat"),
            ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC),
            Duration.ofMillis(61_007),
            "arm64",
            "6.1.0",
            List.of(new RecordingSummary.Source("open", 100, 5000, 3)),
            4,
            1234,
            List.of("one is missing", "another one, too"));

    @Test
    void shouldTellPeople() {
        assertThat(RecordingStatistics.write(summary, "")).isEqualTo("""
                        Gadget:     trace_open (sha256:1234)
                        Param:      operator.oci.ebpf.comm=c\\x1bat
                        Started:    2026-01-02T03:04:05Z
                        Lasted:     61.007 s
                        Machine:    arm64, Linux 6.1.0
                        Source:     open: 100 records, 5000 bytes, 3 lost when recorded
                        File:       4 blocks, 1234 bytes
                        Ended:      one is missing
                                    another one, too
                        """);
    }

    @Test
    void shouldTellPrograms() {
        assertThat(RecordingStatistics.write(summary, "json"))
                .startsWith("{\"image\":\"trace_open\",")
                .contains("\"sources\":[{\"name\":\"open\",\"records\":100,\"bytes\":5000,\"lost\":3}]")
                .endsWith("}\n");
    }

    @Test
    void shouldRefuseOtherModes() {
        assertThatThrownBy(() -> RecordingStatistics.write(summary, "yaml"))
                .hasMessageContaining("output mode \"yaml\" is not supported for --stats");
    }
}

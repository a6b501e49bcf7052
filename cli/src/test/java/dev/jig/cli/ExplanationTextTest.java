// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.Explanation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplanationTextTest {
    private static final List<Explanation> SECTIONS = List.of(
            new Explanation(
                    "maps",
                    List.of("map", "bytes", "privileges", "nothing"),
                    List.of(
                            Map.of("map", "events", "bytes", 4096L, "privileges", List.of("A", "B")),
                            Map.of("map", "x\u001b[2J\nrest"))),
            new Explanation("programs", List.of("program"), List.of()));

    @Test
    void shouldWriteTables() {
        assertThat(ExplanationText.of("").write(SECTIONS)).isEqualTo("""
                Maps
                  MAP       BYTES  PRIVILEGES
                  events    4096   A, B
                  x\\x1b[2J

                Programs

                """);
        assertThat(ExplanationText.of("columns").write(List.of()))
                .isEqualTo("This gadget loads nothing into the kernel.\n");
    }

    @Test
    void shouldWriteJson() {
        assertThat(ExplanationText.of("json").write(SECTIONS.subList(1, 2))).isEqualTo("{\"programs\":[]}\n");
        assertThat(ExplanationText.of("jsonpretty").write(SECTIONS)).startsWith("{\n  \"maps\": [\n");
    }

    @Test
    void shouldNameTheModesThatThereAre() {
        assertThatThrownBy(() -> ExplanationText.of("yaml"))
                .hasMessage("invalid output mode \"yaml\" for --explain, valid values are: columns, json, jsonpretty");
    }
}

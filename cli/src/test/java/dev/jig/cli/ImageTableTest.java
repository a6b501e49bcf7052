// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.image.ImageName;
import dev.jig.image.ImageStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTableTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private static ImageStore.Listed image(String name, String created) {
        return new ImageStore.Listed(ImageName.parse(name), DIGEST, created);
    }

    @Test
    void shouldPrintWholeValuesForPrograms() {
        assertThat(ImageTable.of(List.of(image("x", "2026-01-01T00:00:00Z"))).plain())
                .isEqualTo("REPOSITORY TAG DIGEST CREATED\nx latest " + DIGEST + " 2026-01-01T00:00:00Z\n");
    }

    @Test
    void shouldNotLetImagesSteerTheTerminal() {
        assertThat(ImageTable.of(List.of(image("x", "\u001b]0;title\u0007"))).plain())
                .doesNotContain("\u001b", "\u0007");
        assertThat(ImageTable.of(List.of(image("x", "\u001b\"\\\n"))).json(false))
                .doesNotContain("\u001b", "\n");
    }

    @Test
    void shouldFitIntoTheTerminal() {
        String table = ImageTable.of(
                        List.of(image("example.com/a/very/long/name/of/an/image:v1", "2026-01-01T00:00:00Z")))
                .forTerminal(63, NOW);

        assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSize(63));
        assertThat(table).contains("0123456789ab ").contains("… v1").contains("24 hours ago");
    }

    @Test
    void shouldBearNarrowTerminals() {
        assertThat(ImageTable.of(List.of(image("x", "")), List.of())
                        .forTerminal(1, NOW)
                        .lines())
                .hasSize(2);
    }

    @Test
    void shouldPrintJson() {
        assertThat(ImageTable.of(List.of()).json(false)).isEqualTo("[]");
        assertThat(ImageTable.of(List.of(image("x", "now"))).json(false))
                .startsWith("[{\"Repository\":\"x\",\"Tag\":\"latest\",\"Digest\":\"" + DIGEST
                        + "\",\"Created\":\"now\"}]");
    }

    @Test
    void shouldTellWhereImagesComeFrom() {
        ImageTable table = ImageTable.of(
                List.of(image("b", "now"), image("mine", "now")), List.of(image("a", "then"), image("b", "then")));
        assertThat(table.plain())
                .isEqualTo("REPOSITORY TAG DIGEST CREATED ORIGIN\na latest " + DIGEST + " then built-in\nb latest "
                        + DIGEST + " now store\nmine latest " + DIGEST + " now store\n");
        assertThat(table.json(false)).contains("\"Created\":\"then\",\"Origin\":\"built-in\"}");
        assertThat(table.forTerminal(72, NOW).lines())
                .allSatisfy(line -> assertThat(line).hasSize(72))
                .anySatisfy(line -> assertThat(line).endsWith(" built-in"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T00:00:00Z,less than a second ago",
        "2026-01-01T23:59:59Z,1 second ago",
        "2026-01-01T23:59:30Z,30 seconds ago",
        "2026-01-01T23:59:00Z,about a minute ago",
        "2026-01-01T23:04:00Z,56 minutes ago",
        "2026-01-01T23:00:00Z,about an hour ago",
        "2026-01-01T00:00:00Z,24 hours ago",
        "2025-12-30T00:00:00Z,3 days ago",
        "2025-12-12T00:00:00Z,3 weeks ago",
        "2025-10-01T00:00:00Z,3 months ago",
        "2023-01-01T00:00:00Z,3 years ago",
        "2025-12-30T01:00:00+01:00,3 days ago",
        "yesterday,''"
    })
    void shouldTellAges(String created, String age) {
        assertThat(ImageTable.age(created, NOW)).isEqualTo(age);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.gadget.ParamType;
import dev.jig.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPageTest {
    private static final String DATE = "2026-01-02";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldEscapeWhatWouldBeMacros() {
        String page = new ManPage("x", 1, DATE, "Manual", "Does")
                .section("A part")
                .text(".first\n\n'second\\n -x \"quoted\"")
                .toString();

        assertThat(page).isEqualTo("""
                .TH "X" 1 "2026-01-02" "Jig %s" "Manual"
                .SH "NAME"
                x \\- Does
                .SH "A PART"
                \\&.first
                .PP
                \\(aqsecond\\en \\-x "quoted"
                """.formatted(VersionCommand.VERSION.replace("-", "\\-")));
    }

    @Test
    void shouldListFlagsByName() {
        String page = new ManPage("x", 1, DATE, "Manual", "Does")
                .flags(List.of(
                        Flag.plain("zero", ParamType.BOOL, "false", ""),
                        Flag.plain("output", "o", ParamType.STRING, "json", "Mode\n  second line")))
                .toString();

        assertThat(page).endsWith("""
                .TP
                \\fB\\-o\\fR, \\fB\\-\\-output\\fR \\fIstring\\fR
                Mode
                .br
                second line (default "json")
                .TP
                \\fB\\-\\-zero\\fR
                \\&
                """);
    }

    @Test
    void shouldWritePagesThatCheckersAccept() throws Exception {
        Requirement.check(Files.isExecutable(Path.of("/usr/bin/mandoc")), "no mandoc");
        Console console = new Console(new StandardOutput());
        Environment environment = new Environment(Map.of("HOME", folder.toString()));
        Command image = ImageCommand.of(console, environment);
        CommandGroup program = new CommandGroup("ig", "Does things", List.of(image));
        Files.writeString(
                folder.resolve("ig.1"), ManPages.program(program, GlobalFlags.all(), DATE, List.of("ig-image")));
        Files.writeString(folder.resolve("ig-image.1"), ManPages.command(image, GlobalFlags.all(), DATE));
        for (Command below : image.commands()) {
            String page = ManPages.command(below, GlobalFlags.all(), DATE);
            assertThat(page).contains("ig\\-image\\-" + below.name() + " \\- " + below.summary());
            Files.writeString(folder.resolve("ig-image-" + below.name() + ".1"), page);
        }
        try (var pages = Files.list(folder)) {
            for (Path page : pages.toList()) {
                Process checker = new ProcessBuilder("mandoc", "-T", "lint", "-W", "warning", page.toString())
                        .redirectErrorStream(true)
                        .start();
                String said = new String(checker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                // A page may name others that are not installed.
                assertThat(said.lines().filter(line -> !line.contains("referenced manual not found")))
                        .as(page.toString())
                        .isEmpty();
            }
        }
    }
}

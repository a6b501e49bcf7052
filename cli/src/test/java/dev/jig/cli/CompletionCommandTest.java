// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in real shells, with a program that answers what it was asked. */
class CompletionCommandTest {
    private static final int SECONDS = 60;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writeProgram() throws IOException {
        Path program = folder.resolve("ig");
        Files.writeString(program, """
                #!/bin/sh
                echo "$@|" >>"${0%/*}/asked"
                for last; do :; done
                case $last in
                tr*) printf 'trace_exec\\tPrograms that start\\ntrace_open\\tFiles: that open\\n:4\\n' ;;
                --fields=open:*) printf -- '--fields=open:fname\\tName\\n:6\\n' ;;
                *) echo :0 ;;
                esac
                """);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.createFile(folder.resolve("events.jig"));
        for (String shell : List.of("bash", "zsh", "fish")) {
            Files.writeString(folder.resolve("script." + shell), CompletionCommand.script(shell, "ig", false));
        }
    }

    private List<String> run(String shell, String... words) throws Exception {
        Requirement.check(isInstalled(shell), "no " + shell);
        List<String> command = new java.util.ArrayList<>(List.of(shell));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TERM", "dumb");
        Path out = folder.resolve("out");
        builder.redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        Process process = builder.start();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("err")).isEmptyFile();
        return Files.readAllLines(out);
    }

    private static boolean isInstalled(String shell) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, shell))) {
                return true;
            }
        }
        return false;
    }

    private List<String> bash(String line) throws Exception {
        return run("bash", "--norc", "-c", """
                source ./script.bash
                COMP_LINE='%s'
                COMP_POINT=${#COMP_LINE}
                __ig_complete
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(line));
    }

    @Test
    void shouldCompleteInBash() throws Exception {
        assertThat(bash("ig run tr")).containsExactly("trace_exec", "trace_open");
        assertThat(bash("ig run trace_open --fields=open:f")).containsExactly("fname");
        assertThat(bash("ig replay ev")).containsExactly("events.jig");
        assertThat(bash("ig run ")).contains("script.bash");
        assertThat(folder.resolve("asked"))
                .hasContent("__complete run tr|\n__complete run trace_open --fields=open:f|\n__complete replay ev|\n"
                        + "__complete run |");
    }

    @Test
    void shouldCompleteInFish() throws Exception {
        String script = "source ./script.fish; complete -C ";
        assertThat(run("fish", "--no-config", "-c", script + "'ig run tr'"))
                .containsExactly("trace_exec\tPrograms that start", "trace_open\tFiles: that open");
        assertThat(run("fish", "--no-config", "-c", script + "'ig run trace_open --fields=open:'"))
                .containsExactly("--fields=open:fname\tName");
        assertThat(run("fish", "--no-config", "-c", script + "'ig replay ev'")).containsExactly("events.jig");
    }

    /** A terminal of its own, on which somebody types and presses the tabulator key. */
    private String zsh(String typed) throws Exception {
        List<String> lines = run("zsh", "-f", "-c", """
                zmodload zsh/zpty
                zpty shell 'PS1= zsh -f -i'
                zpty -w shell 'unset zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source ./script.zsh; bindkey "^I" complete-word; print ready-now'
                zpty -r shell answer '*ready-now*ready-now*'
                zpty -w -n shell '%s'$'\\t'
                sleep 1
                zpty -w -n shell $'\\C-a''print -r -- "<'$'\\C-e''>"'$'\\n'
                zpty -r shell answer '*'$'\\n<''*>*'
                print -r -- "$answer"
                zpty -d shell
                """.formatted(typed));
        String all = String.join("\n", lines);
        return all.substring(all.lastIndexOf("\n<") + 2, all.lastIndexOf('>'));
    }

    @Test
    void shouldCompleteInZsh() throws Exception {
        assertThat(zsh("ig run trace_open --fields=open:")).isEqualTo("ig run trace_open --fields=open:fname");
        assertThat(zsh("ig run t")).startsWith("ig run ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish", "ps1"})
    void shouldNameTheProgramInEachScript(String file) {
        assertThat(CompletionCommand.script(file, "gadgetctl", true))
                .contains("gadgetctl", Completer.PLAIN_COMMAND)
                .doesNotContain("@PROGRAM@", "@COMMAND@");
    }
}

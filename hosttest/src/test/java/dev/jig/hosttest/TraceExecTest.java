// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ig run trace_exec} tells of programs that this test starts itself. */
@HostTest
class TraceExecTest {
    /** What stands between arguments, so that blanks within them can be told apart. */
    private static final String SEPARATOR = "\u00a0";

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private final long parent = ProcessHandle.current().pid();

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    /** The events of one command, run while trace_exec runs. */
    private List<JsonNode> traced(List<String> flags, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of("run", "trace_exec", "-o", "json"));
        words.addAll(flags);
        long pid;
        Finished finished;
        try (Product.Running running = product.start(words.toArray(String[]::new))) {
            running.awaitSign("jig-sign", () -> execute("/bin/echo", "jig-sign"));
            pid = execute(command);
            execute("/bin/echo", "jig-last");
            running.awaitOutput("jig-last");
            finished = running.interrupt();
        }
        return Events.with(Events.parseLines(finished.out()), "proc.pid", String.valueOf(pid));
    }

    private long execute(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ignored").toFile())
                .start();
        process.waitFor();
        return process.pid();
    }

    private static String arguments(JsonNode event) {
        return field(event, "args").asText();
    }

    @Test
    void shouldTellWhatWasExecutedByWhom() throws Exception {
        JsonNode event = traced(List.of(), "/bin/echo", "hello", "world").getLast();

        assertThat(arguments(event)).isEqualTo(String.join(SEPARATOR, "/bin/echo", "hello", "world"));
        assertThat(field(event, "proc.comm").asText()).isEqualTo("echo");
        assertThat(field(event, "proc.parent.pid").asLong()).isEqualTo(parent);
        assertThat(field(event, "proc.creds.uid").asInt()).isZero();
        assertThat(field(event, "error").asText()).isEmpty();
    }

    @Test
    void shouldTellBlanksWithinArguments() throws Exception {
        String[] command = {"/bin/echo", "two words", "", "quote\"", "tab\t", "ä€"};

        JsonNode event = traced(List.of(), command).getLast();

        assertThat(arguments(event)).isEqualTo(String.join(SEPARATOR, command));
    }

    @Test
    void shouldTellManyArguments() throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/echo"));
        for (int i = 1; i < 22; i++) {
            command.add("argument" + i);
        }

        JsonNode event = traced(List.of(), command.toArray(String[]::new)).getLast();

        assertThat(arguments(event)).isEqualTo(String.join(SEPARATOR, command));
    }

    @Test
    void shouldTellOfMissingProgramsWhenAsked() throws Exception {
        List<JsonNode> events =
                traced(List.of("--ignore-failed=false"), "/bin/sh", "-c", "exec /nonexistent/program one 'two words'");

        JsonNode event = events.getLast();
        assertThat(field(event, "error").asText()).isEqualTo("ENOENT");
        assertThat(arguments(event)).isEqualTo(String.join(SEPARATOR, "/nonexistent/program", "one", "two words"));
        assertThat(field(event, "proc.comm").asText()).isEqualTo("sh");
        assertThat(field(event, "proc.parent.pid").asLong()).isEqualTo(parent);
    }

    @Test
    void shouldNotTellOfMissingProgramsUnlessAsked() throws Exception {
        List<JsonNode> events = traced(List.of(), "/bin/sh", "-c", "exec /nonexistent/program");

        assertThat(events)
                .isNotEmpty()
                .allSatisfy(
                        event -> assertThat(field(event, "error_raw").asInt()).isZero());
    }

    @Test
    void shouldTellPathsWhenAsked() throws Exception {
        JsonNode event = traced(List.of("--paths"), "/bin/echo", "x").getLast();

        String program = Path.of("/bin/echo").toRealPath().toString();
        assertThat(field(event, "exepath").asText()).isEqualTo(program);
        assertThat(field(event, "file").asText()).isEqualTo(program);
        assertThat(field(event, "cwd").asText()).isEqualTo(folder.toRealPath().toString());
        assertThat(field(event, "inode").asLong())
                .isEqualTo(java.nio.file.Files.getAttribute(Path.of(program), "unix:ino"));
    }

    private Path script(String name, String text) throws Exception {
        Path script = Files.writeString(folder.resolve(name), text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script.toRealPath();
    }

    @Test
    void shouldTellScriptsAndTheirInterpreters() throws Exception {
        Path script = script("script", "#!/bin/sh\nexit 0\n");
        JsonNode event = traced(List.of("--paths"), script.toString()).getLast();

        assertThat(field(event, "file").asText()).isEqualTo(script.toString());
        assertThat(field(event, "inode").asLong())
                .isEqualTo(((Number) Files.getAttribute(script, "unix:ino")).longValue());
        assertThat(field(event, "exepath").asText())
                .isEqualTo(Path.of("/bin/sh").toRealPath().toString());
        assertThat(field(event, "fctime").asLong())
                .isNotEqualTo(field(event, "ctime").asLong());
    }

    @Test
    void shouldTellFilesThatCannotBeExecuted() throws Exception {
        Path garbage = script("garbage", "no program");
        JsonNode event = Events.with(
                        traced(List.of("--paths", "--ignore-failed=false"), "env", garbage.toString()),
                        "error",
                        "ENOEXEC")
                .getFirst();

        assertThat(field(event, "file").asText()).isEqualTo(garbage.toString());
    }

    @Test
    void shouldHaveTheFieldsThatUpstreamHas() throws Exception {
        JsonNode event = traced(List.of(), "/bin/echo", "x").getLast();

        assertThat(Events.shape(event)).isEqualTo(Events.shape(Events.example("trace_exec.json")));
    }
}

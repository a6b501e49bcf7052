// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With {@code --compat} the program writes upstream's bytes. The recorded outputs are of a process called evgen that opens five
 * files; a thread of this name opens them here. What differs from machine to machine (ids, times, descriptors) is left out of the
 * comparison, but not how wide it is.
 */
@HostTest
class CompatTest {
    private static final Path EXAMPLES = Machine.sourceTree().resolve("datasource/src/test/resources/examples");
    private static final int CLOEXEC = OpenCalls.O_RDONLY | OpenCalls.O_CLOEXEC;
    private static final int O_TRUNC = 01000;
    private static final int MODE = 0644;
    private static final String LAST = "/dev/null";
    /** Opened after everything else; not compared. */
    private static final String END = "/jig-end";

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    /** Opens what the generator of the examples opened, in a thread of its name that opens nothing else. */
    private static void openFiles() throws Exception {
        asGenerator(CompatTest::openTheFive);
    }

    private static void asGenerator(Runnable action) throws Exception {
        Thread generator = Thread.ofPlatform().start(() -> {
            try {
                OpenCalls.setThreadName("evgen");
            } catch (IOException refused) {
                throw new java.io.UncheckedIOException(refused);
            }
            action.run();
        });
        generator.join();
    }

    private static void openTheFive() {
        OpenCalls.open("/etc/hostname", CLOEXEC, 0);
        OpenCalls.open("/etc/nonexistent", CLOEXEC, 0);
        OpenCalls.open("/etc/very-long-file-name-that-is-longer-than-the-column-width-of-thirty-two", CLOEXEC, 0);
        OpenCalls.open("/etc/quo\"te\\b\tx\n\u0001ü漢", CLOEXEC, 0);
        OpenCalls.open(LAST, OpenCalls.O_WRONLY | OpenCalls.O_CREAT | O_TRUNC | OpenCalls.O_CLOEXEC, MODE);
    }

    private static List<String> words(String... flags) {
        List<String> words =
                new ArrayList<>(List.of("run", "trace_open", "--compat", "--host", "--comm", "evgen", "-t", "50"));
        words.addAll(List.of(flags));
        return words;
    }

    private String traced(String... flags) throws Exception {
        return traced(product.start(words(flags).toArray(String[]::new)));
    }

    private String traced(Product.Running started) throws Exception {
        try (Product.Running running = started) {
            // The first round may be seen in part, as the program attaches; the output of the second one is complete.
            running.awaitSign(LAST, CompatTest::openFiles);
            openFiles();
            asGenerator(() -> OpenCalls.open(END, CLOEXEC, 0));
            running.awaitOutput(END);
            return running.interrupt().out();
        }
    }

    private static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name));
    }

    private static final Pattern NUMBER_CELLS = Pattern.compile("(?<= )[ 0-9]*[0-9][ 0-9]*");

    /** A table without its numbers, whose places remain. */
    private static List<String> table(String text) {
        return text.lines()
                .map(line -> NUMBER_CELLS
                        .matcher(line)
                        .replaceAll(match -> "#".repeat(match.group().length())))
                .toList();
    }

    private static void assertSameTable(String output, String example) {
        List<String> expected = table(example);
        List<String> told = table(output);
        assertThat(told.getFirst()).isEqualTo(expected.getFirst());
        assertThat(told.subList(told.size() - 6, told.size() - 1)).isEqualTo(expected.subList(1, 6));
    }

    @Test
    void shouldWriteColumns() throws Exception {
        assertSameTable(traced(), example("trace_open.columns.txt"));
    }

    @Test
    void shouldWriteChosenColumns() throws Exception {
        assertSameTable(traced("--fields", "+flags,-fd"), example("trace_open.fields-plus-minus.txt"));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120, 200})
    void shouldFitColumnsIntoTerminals(int width) throws Exception {
        String output = traced(product.startOnTerminal(width, words().toArray(String[]::new)));

        assertSameTable(
                output.substring(output.indexOf("RU")), example("trace_open.columns-terminal" + width + ".txt"));
    }

    /** Members whose values are of one machine and moment. */
    private static final Pattern OF_THE_MOMENT = Pattern.compile(
            "(?<=\"(?:fd|mntns_id|pid|tid|timestamp_raw|timestamp)\": ?)(?:[0-9]+|\"[^\"]*\")|(?<=\"parent\": ?\\{\\s{0,10}\"comm\": ?)\"[^\"]*\"");

    private static String withoutMoment(String json) {
        return OF_THE_MOMENT.matcher(json).replaceAll("0");
    }

    @Test
    void shouldWriteJson() throws Exception {
        List<String> told = withoutMoment(traced("-o", "json")).lines().toList();
        List<String> expected =
                withoutMoment(example("trace_open.json.txt")).lines().toList();

        assertThat(told.subList(told.size() - 6, told.size() - 1)).isEqualTo(expected);
    }

    @Test
    void shouldWritePrettyJson() throws Exception {
        String expected = withoutMoment(example("trace_open.jsonpretty.txt"));
        String told = withoutMoment(traced("-o", "jsonpretty"));

        assertThat(told).contains(expected.strip());
    }

    private static final Pattern OF_THE_MOMENT_IN_YAML =
            Pattern.compile("(?<=\\b(?:fd|mntns_id|pid|tid|timestamp_raw|timestamp): ).*|(?<=parent:\n {4}comm: ).*");

    @Test
    void shouldWriteYaml() throws Exception {
        String expected =
                OF_THE_MOMENT_IN_YAML.matcher(example("trace_open.yaml.txt")).replaceAll("0");
        String told = OF_THE_MOMENT_IN_YAML.matcher(traced("-o", "yaml")).replaceAll("0");

        assertThat(told.substring(0, told.lastIndexOf("---\n"))).endsWith(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -o nosuch       | 0 | level=warning msg="output mode \\"nosuch\\" for data source \\"open\\" is not supported; skipping data source"
            --fields nosuch | 0 | level=warning msg="failed to set fields: column \\"nosuch\\" is invalid; skipping data source \\"open\\""
            -o open:json,yaml | 1 | Error: pre-starting operators: pre-starting operator "cli": parsing default output modes: mixed values with and without specifying data source
            """)
    void shouldTellOfMistakes(String flags, int code, String message) {
        List<String> words = new ArrayList<>(List.of("run", "trace_open:latest", "--compat", "--host", "-t", "1"));
        words.addAll(List.of(flags.split(" ")));

        Finished finished = product.run(words.toArray(String[]::new));

        assertThat(finished.err()).contains(message);
        assertThat(finished.out()).isEmpty();
        assertThat(finished.exitCode()).isEqualTo(code);
    }

    @Test
    void shouldAskForTheHost() {
        Finished finished = product.run("run", "trace_open:latest", "--compat", "-t", "1");

        assertThat(finished.err())
                .isEqualTo("Error: pre-starting operators: pre-starting operator \"LocalManager\": container-collection"
                        + " isn't available\n");
        assertThat(finished.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldHeadTheTableOfExecutions() throws Exception {
        Finished finished = product.run("run", "trace_exec", "--compat", "--host", "-t", "1");

        assertThat(finished.lines().getFirst())
                .isEqualTo(example("trace_exec.columns.txt").lines().findFirst().orElseThrow());
    }
}

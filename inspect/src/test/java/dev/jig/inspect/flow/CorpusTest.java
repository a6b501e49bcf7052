// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.inspect.Compiled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs whose sources say what they do with maps. */
class CorpusTest {
    private static final String EXPECT = "// expect: ";

    @TempDir
    private Path folder = Path.of("");

    static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.list(Compiled.corpus())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".bpf.c"))
                    .sorted()
                    .toList();
        }
    }

    private static String edge(ProgramFlow flow, Use use) {
        String when = use.always() ? "always" : "conditional";
        List<String> params = new ArrayList<>();
        use.conditions().forEach(condition -> params.addAll(condition.on()));
        params.removeIf(name -> name.startsWith("bpf_") || name.contains(" "));
        String on = params.isEmpty() ? "" : " on " + String.join(", ", new TreeSet<>(params));
        return flow.name() + " " + use.label() + " " + use.target() + " " + when + on;
    }

    private static List<String> edges(List<ProgramFlow> flows) {
        TreeSet<String> edges = new TreeSet<>();
        flows.forEach(flow -> flow.uses().forEach(use -> edges.add(edge(flow, use))));
        return List.copyOf(edges);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void shouldFindWhatTheSourceSays(String source) throws IOException, InterruptedException {
        ObjectFile object = Compiled.of(Compiled.corpus().resolve(source), folder);
        List<String> edges = new ArrayList<>();
        List<String> further = new ArrayList<>();
        for (String line : Files.readAllLines(Compiled.corpus().resolve(source))) {
            if (line.startsWith(EXPECT)) {
                String text = line.substring(EXPECT.length());
                boolean plain = !text.startsWith("with ") && !text.startsWith("unknown ");
                (plain ? edges : further).add(text);
            }
        }

        List<ProgramFlow> flows = ObjectFlow.of(object);

        assertThat(edges(flows)).containsExactlyInAnyOrderElementsOf(edges);
        long unknown = flows.stream().mapToLong(ProgramFlow::unknown).sum();
        assertThat(unknown).isEqualTo(further.contains("unknown 1") ? 1 : 0);
        for (String text : further) {
            if (text.startsWith("with ")) {
                check(object, text);
            }
        }
    }

    /** {@code with NAME=VALUE: [no] EDGE}. */
    private static void check(ObjectFile object, String text) {
        int equals = text.indexOf('=');
        int colon = text.indexOf(": ");
        Map<String, Long> given =
                Map.of(text.substring("with ".length(), equals), Long.valueOf(text.substring(equals + 1, colon)));
        String edge = text.substring(colon + 2);
        List<String> edges = edges(ObjectFlow.of(object, given));
        if (edge.startsWith("no ")) {
            assertThat(edges).noneMatch(found -> found.startsWith(edge.substring(3) + " "));
        } else {
            assertThat(edges).contains(edge);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told about gadgets without running them, compared with what then happens. */
@HostTest
class InspectionTest {
    private static final Path CORNER = Machine.sourceTree().resolve("inspect/src/test/resources/corner");

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    static List<String> gadgets() throws IOException {
        try (var folders = Files.list(Machine.sourceTree().resolve("gadgets"))) {
            return folders.map(gadget -> gadget.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode json(String text) {
        return Events.parse(text);
    }

    @ParameterizedTest
    @CsvSource({
        "ebpf.flowchart, ebpf.flowchart.out, jsonpretty",
        "ebpf.sequence, ebpf.sequence.out, jsonpretty",
        "ebpf.sections, ebpf.sections.out, jsonpretty",
        "ebpf.maps, ebpf.maps.sorted.out, jsonpretty",
        "ebpf.variables, ebpf.variables.sorted.out, jsonpretty",
        "oci.manifest, oci.manifest.out, jsonpretty",
        "oci.metadata, oci.metadata.out, jsonpretty",
        "oci.metadata, oci.metadata.yaml.out, yaml"
    })
    void shouldPrintWhatWasRecorded(String key, String recorded, String mode) throws IOException {
        Finished inspected = product.runAsNobody(
                "image", "inspect", CORNER.resolve("inspect_corner.tar").toString(), "--extra-info", key, "-o", mode);

        assertThat(inspected.err()).isEmpty();
        assertThat(inspected.out()).isEqualTo(Files.readString(CORNER.resolve(recorded)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --jsonpath .x | jsonpath ".x" can only be used with extra info or show-datasources
            --extra-info no.such | extra info "no.such" not found
            --extra-info oci.tag --jsonpath .x | jsonpath ".x" can only be used with JSON or YAML content
            --extra-info oci.manifest --jsonpath .x | resolving path ".x": unknown key x
            --extra-info oci.tag --show-datasources | extra-info "oci.tag" and show-datasources cannot be used together
            """)
    void shouldRefuseAsDocumented(String flags, String message) {
        List<String> words = new ArrayList<>(
                List.of("image", "inspect", CORNER.resolve("inspect_corner.tar").toString()));
        words.addAll(List.of(flags.split(" ", -1)));

        Finished refused = product.run(words.toArray(new String[0]));

        assertThat(refused.err().strip()).isEqualTo("Error: " + message);
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("gadgets")
    void shouldForesayWhatLoads(String gadget) throws IOException {
        Finished checked = product.run("check", gadget, "-o", "json");
        Finished explained = product.run("run", gadget, "--explain", "-o", "json");

        JsonNode report = json(checked.out()).get("gadgets").get(0);
        boolean loads = explained.exitCode() == 0;
        assertThat(report.get("verdict").asText())
                .as("%s%n%s", checked.out(), explained.err())
                .isEqualTo(loads ? "will load" : "will not load");
        if (loads) {
            assertThat(foreseen(report)).isEqualTo(chosen(json(explained.out())));
        }
    }

    /** Jobs with the ranks of their variants. */
    private static Set<String> foreseen(JsonNode report) {
        Set<String> jobs = new TreeSet<>();
        for (JsonNode how : report.get("how")) {
            String text = how.asText();
            jobs.add(text.substring(0, text.indexOf(' ')) + text.substring(text.lastIndexOf(' ')));
        }
        return jobs;
    }

    private static Set<String> chosen(JsonNode explanation) {
        Set<String> jobs = new TreeSet<>();
        for (JsonNode row : explanation.path("jobs")) {
            if (row.get("result").asText().equals("chosen")) {
                jobs.add(row.get("job").asText() + " (" + row.get("rank").asText() + ")");
            }
        }
        return jobs;
    }

    @ParameterizedTest
    @MethodSource("gadgets")
    void shouldFindTheMapOfEveryCall(String gadget) throws IOException {
        Finished inspected = product.run("image", "inspect", gadget, "--extra-info", "precise.programs", "-o", "json");
        if (!Files.exists(Machine.sourceTree().resolve("gadgets/" + gadget + "/program.bpf.c"))) {
            assertThat(inspected.err()).contains("extra info \"precise.programs\" not found");
            return;
        }
        for (JsonNode program : json(inspected.out())) {
            assertThat(program.get("unknownMaps").asInt())
                    .as(program.get("name").asText())
                    .isZero();
        }
    }

    @Test
    void shouldRefuseWhatActsWithoutSayingSo() throws IOException {
        TinyGadget gadget = TinyGadget.withValue(folder, "bpf_ktime_get_ns() == 1 ? bpf_send_signal(9) : 1");
        gadget.build(product, "-t", "acting", "--declare-permissions=false");
        TinyGadget.withValue(folder, "1").build(product, "-t", "harmless");

        Finished difference = product.run("image", "permissions", "harmless", "--diff", "acting");
        Finished refused = product.run("run", "acting", "-t", "1");
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "allow: ['helper:bpf_send_signal']\n");
        Finished allowed =
                product.run("run", "acting", "-t", "1", "-o", "none", "--permissions-policy", policy.toString());

        assertThat(difference.out()).contains("+ can send signals to processes (helper:bpf_send_signal)");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("not declared: can send signals to processes");
        assertThat(allowed.err()).contains("this gadget acts on the system: can send signals to processes");
        assertThat(allowed.exitCode()).isZero();
    }

    @Test
    void shouldRunWhatIsDeclared() throws IOException {
        TinyGadget gadget = TinyGadget.withValue(folder, "bpf_ktime_get_ns() == 1 ? bpf_send_signal(9) : 1");
        gadget.build(product, "-t", "acting");

        Finished ran = product.run("run", "acting", "-t", "1", "-o", "none");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("this gadget acts on the system");
    }
}

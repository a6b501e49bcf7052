// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ig run --explain}: what is told is what a run then does. */
@HostTest
class ExplainTest {
    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private JsonNode explain(String... gadget) throws IOException {
        String[] words = new String[gadget.length + 4];
        words[0] = "run";
        System.arraycopy(gadget, 0, words, 1, gadget.length);
        words[gadget.length + 1] = "--explain";
        words[gadget.length + 2] = "-o";
        words[gadget.length + 3] = "json";
        Finished finished = product.run(words);
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        return Events.parse(finished.out());
    }

    private static List<JsonNode> with(JsonNode section, String column, String value) {
        return Events.with(Events.list(section), column, value);
    }

    @Test
    void shouldTellMapsWithTheirMemory() throws IOException {
        JsonNode explained = explain("trace_open", "--buffer-size=1M");

        assertThat(with(explained.get("maps"), "type", "RingBuf"))
                .singleElement()
                .satisfies(map -> {
                    assertThat(map.get("entries").asLong()).isEqualTo(1 << 20);
                    assertThat(map.get("estimated").asLong()).isGreaterThanOrEqualTo(1 << 20);
                    assertThat(map.get("bytes").asLong()).isBetween(1L << 20, 3L << 20);
                });
        assertThat(Events.list(explained.get("programs"))).isNotEmpty().allSatisfy(program -> {
            assertThat(program.get("instructions").asLong()).isPositive();
            assertThat(program.get("bytes").asLong()).isPositive();
            assertThat(program.get("privileges").toString()).contains("\"CAP_BPF\"", "\"CAP_PERFMON\"");
        });
        assertThat(with(explained.get("privileges"), "privilege", "CAP_PERFMON"))
                .hasSize(1);
        assertThat(with(explained.get("privileges"), "privilege", "CAP_NET_ADMIN"))
                .isEmpty();
    }

    @Test
    void shouldTellWhichAlternativesAreTakenAndWhyOthersAreNot() throws IOException {
        JsonNode explained = explain("top_file");

        List<JsonNode> chosen = with(explained.get("jobs"), "result", "chosen");
        assertThat(chosen).isNotEmpty();
        for (JsonNode job : chosen) {
            assertThat(with(explained.get("programs"), "job", job.get("job").asText()))
                    .hasSize(job.get("hooks").size());
        }
        assertThat(with(explained.get("jobs"), "result", "rejected"))
                .allSatisfy(
                        rejected -> assertThat(rejected.get("reason").asText()).isNotEmpty());
    }

    @Test
    void shouldTellWhatIsAskedForOnly() throws IOException {
        JsonNode explained = explain("top_file", "--hooks", "access=tracepoint");

        assertThat(with(explained.get("jobs"), "job", "access"))
                .filteredOn(row -> row.get("result").asText().equals("chosen"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("hooks").toString()).contains("tracepoint/"));
    }

    @Test
    void shouldWriteTablesForPeople() {
        Finished finished = product.run("run", "trace_open", "--explain");

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.lines())
                .contains("Programs", "Maps", "Privileges")
                .anySatisfy(line -> assertThat(line).matches("  CAP_BPF +map .*"));
        assertThat(product.run("run", "top_process", "--explain").out())
                .isEqualTo("This gadget loads nothing into the kernel.\n");
    }

    @Test
    void shouldRefuseWhatItCannotDo() {
        assertThat(product.run("run", "trace_open", "--explain", "-o", "yaml").err())
                .contains(
                        "Error: invalid output mode \"yaml\" for --explain, valid values are: columns, json, jsonpretty");
        assertThat(product.run("run", "trace_open", "--explain", "--hooks", "no=1")
                        .err())
                .contains("explaining operators: explaining operator \"oci\": invalid value \"no=1\" as \"hooks\"");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final String HEAD = "apiVersion: 1\nkind: instance-spec\n";

    @Test
    void shouldReadAllDocuments() {
        List<Manifest> manifests = Manifest.parse(HEAD
                + "image: a\nname: one\ntags: [x, y]\nnodes: [n]\nparamValues:\n  operator.a.b: 7\n  c: true\n---\n---\n"
                + HEAD + "image: b\n");
        assertThat(manifests).hasSize(2);
        Manifest first = manifests.getFirst();
        assertThat(first.image()).isEqualTo("a");
        assertThat(first.name()).isEqualTo("one");
        assertThat(first.tags()).containsExactly("x", "y");
        assertThat(first.nodes()).containsExactly("n");
        assertThat(first.params()).containsEntry("operator.a.b", "7").containsEntry("c", "true");
        assertThat(manifests.getLast().params()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind: x | expected kind \"instance-spec\" for entry 1 in manifest, got kind \"x\"",
                "{kind: instance-spec, apiVersion: 2} | expected apiVersion 1 for entry 1 in manifest, got apiVersion 2",
                "{kind: instance-spec, apiVersion: 1, id: x} | invalid instance id \"x\" in entry 1",
                "{kind: instance-spec, apiVersion: 1, name: X} | invalid instance name \"X\" in entry 1",
                "{kind: instance-spec, apiVersion: 1} | no image specified in entry 1",
                "{kind: instance-spec, apiVersion: 1, image: a, tags: ['a,b']} | invalid character \",\" in tag \"a,b\" of entry 1",
                "{kind: instance-spec, apiVersion: 1, image: a, tags: b} | \"tags\" of entry 1 is no list",
                "{kind: instance-spec, apiVersion: 1, image: a, paramValues: b} | \"paramValues\" of entry 1 is no map",
                "text | parsing gadget spec (entry 1): yaml: it is no map",
                "--- | it describes no gadget"
            })
    void shouldTellWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Manifest.parse(text))
                .isInstanceOf(CliException.class)
                .hasMessage(message);
    }

    @Test
    void shouldTellThatAFileIsMissing() {
        assertThatThrownBy(() -> Manifest.read("/nowhere/file"))
                .hasMessageStartingWith("opening gadget runtime manifest file")
                .hasMessageContaining("/nowhere/file");
        assertThatThrownBy(() -> Manifest.parse("a: ["))
                .hasMessageStartingWith("parsing gadget spec (entry 1): yaml: ");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTextTest {
    @Test
    void shouldSortKeysAndIndentByFour() {
        Map<String, Object> tree = Map.of(
                "verbose",
                "false",
                "operator",
                Map.of("oci", Map.of("pull", "missing", "verify-image", false, "allowed-gadgets", List.of("b", "a"))),
                "empty",
                Map.of(),
                "number",
                5);

        assertThat(ConfigText.of(tree)).isEqualTo("""
                empty: {}
                number: 5
                operator:
                    oci:
                        allowed-gadgets:
                            - b
                            - a
                        pull: missing
                        verify-image: false
                verbose: "false"
                """);
    }

    @Test
    void shouldSayThatNothingIsSet() {
        assertThat(ConfigText.of(Map.of())).isEqualTo("{}\n");
    }

    @Test
    void shouldMakeLists() {
        Map<String, Object> tree =
                Map.of("operator", Map.of("oci", Map.of("annotate", "", "keys", "a,b", "pull", "x")));

        assertThat(ConfigText.withLists(tree, List.of("operator.OCI.annotate", "operator.oci.keys")))
                .isEqualTo(Map.of(
                        "operator",
                        Map.of("oci", Map.of("annotate", List.of(), "keys", List.of("a", "b"), "pull", "x"))));
    }
}

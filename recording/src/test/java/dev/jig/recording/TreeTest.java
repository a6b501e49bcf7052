// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeTest {
    private final Tree tree = new Tree(
            Map.of("text", "x", "number", 5L, "wide", 1L << 40, "yes", true, "list", List.of(Map.of("in", "y"))), "");

    @Test
    void shouldGiveWhatIsThere() {
        assertThat(tree.text("text")).isEqualTo("x");
        assertThat(tree.number("number")).isEqualTo(5);
        assertThat(tree.wideNumber("wide")).isEqualTo(1L << 40);
        assertThat(tree.isTrue("yes")).isTrue();
        assertThat(tree.trees("list").getFirst().text("in")).isEqualTo("y");
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(() -> tree.text("none")).hasMessage("the description lacks \"none\"");
        assertThatThrownBy(() -> tree.trees("list").getFirst().text("out"))
                .hasMessage("the description lacks \"list[0].out\"");
    }

    @Test
    void shouldSayWhatIsOfAnotherType() {
        assertThatThrownBy(() -> tree.text("number")).hasMessage("\"number\" of the description is not text");
        assertThatThrownBy(() -> tree.number("wide"))
                .hasMessage("\"wide\" of the description is not a number of 32 bits");
        assertThatThrownBy(() -> tree.texts("list")).hasMessage("\"list\" of the description is not a list of texts");
        assertThatThrownBy(() -> tree.tree("list")).hasMessage("\"list\" of the description is not an object");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
    private static final Object TREE = JsonTree.sorted(
            "{\"a\":[1,2,3,4],\"b\":{\"c.d\":\"x\",\"e\":true},\"f\":[{\"name\":\"fd\",\"kind\":6},{\"name\":\"pid\",\"kind\":8}]}",
            "test");

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            .a[1] ~ 2
            $.a[1] ~ 2
            .a[1:3] ~ [2,3]
            .a[-2:] ~ [3,4]
            .a[::2] ~ [1,3]
            .a[0,2] ~ [1,3]
            .b["c.d"] ~ x
            .b['c.d'] ~ x
            .b.* ~ ["x",true]
            ..kind ~ [6,8]
            ..missing ~ []
            .f[?(@.name=="fd")].kind ~ [6]
            .f[*].name ~ ["fd","pid"]
            """)
    void shouldFind(String path, String expected) {
        Object found = JsonPath.evaluate(path, TREE);

        assertThat(found instanceof String text ? text : JsonText.of(found, false))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            .x ~ resolving path ".x": unknown key x
            .a[9] ~ resolving path ".a[9]": index 9 out of bounds
            .a[-1] ~ resolving path ".a[-1]": index -1 out of bounds
            a ~ resolving path "a": parsing error: a
            . ~ resolving path ".": parsing error: .
            """)
    void shouldSayWhatIsWrong(String path, String message) {
        assertThatThrownBy(() -> JsonPath.evaluate(path, TREE))
                .isInstanceOf(CliException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldWriteYaml() {
        assertThat(YamlTree.of(TREE)).isEqualTo("""
                a:
                - 1
                - 2
                - 3
                - 4
                b:
                  c.d: x
                  e: true
                f:
                - kind: 6
                  name: fd
                - kind: 8
                  name: pid
                """);
    }

    @Test
    void shouldReadOldYaml() {
        Object tree = JsonTree.sortedYaml("n: yes\nday: 2020-01-02\n1: 'no'\n", "test");

        assertThat(JsonText.of(tree, false)).isEqualTo("{\"1\":\"no\",\"day\":\"2020-01-02\",\"false\":true}");
    }

    @Test
    void shouldWriteNumbersAsDoubles() {
        assertThat(JsonText.of(JsonTree.sortedYaml("[12345678901234567890, 9007199254740993, 1.5, 7]", "test"), false))
                .isEqualTo("[12345678901234567000,9007199254740992,1.5,7]");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    private static Configuration parse(String text) {
        return Configuration.parse(text, "gadget.yaml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            v: text        | text
            v: "5"         | 5
            v: 5           | 5
            v: -7          | -7
            v: 0x10        | 16
            v: 1.5         | 1.5
            v: 2.0         | 2
            v: 1e3         | 1000
            v: 100.0       | 100
            v: 0o17        | 15
            v: ~           | ``
            v: 1e-7        | 0.0000001
            v: .inf        | Infinity
            v: .nan        | NaN
            v: true        | true
            v: True        | true
            v: yes         | yes
            v: off         | off
            v: null        | ``
            v:             | ``
            v: 18446744073709551615 | 18446744073709551615
            """)
    void shouldWriteScalarsOut(String yaml, String text) {
        assertThat(parse(yaml).text("v")).hasValue(text);
    }

    @Test
    void shouldKeepTheTextsThatWereWritten() {
        Configuration configuration =
                Configuration.parseAsWritten("Key: 0x10\nkey: yes\nmap: {A.b: 1.0, list: [~, 'x']}\n", "gadget.yaml");

        assertThat(configuration.text("Key")).hasValue("0x10");
        assertThat(configuration.text("key")).hasValue("yes");
        assertThat(configuration.text("KEY")).isEmpty();
        assertThat(configuration.text("map.A.b")).hasValue("1.0");
        assertThat(configuration.texts("map.list")).containsExactly("", "x");
        assertThat(configuration.below("map").keys()).containsExactly("A.b", "list");
    }

    @Test
    void shouldNotDistinguishCase() {
        Configuration configuration = parse("dataSources:\n  Open:\n    Fields:\n      fName: Value\n");

        assertThat(configuration.text("datasources.open.fields.fname")).hasValue("Value");
        assertThat(configuration.text("DATASOURCES.OPEN.FIELDS.FNAME")).hasValue("Value");
        assertThat(configuration.below("datasources").keys()).containsExactly("open");
    }

    @Test
    void shouldFindKeysWithDots() {
        Configuration configuration = parse("""
                fields:
                  proc.comm: literal
                  proc:
                    comm: nested
                    pid: 1
                  a.b:
                    c: deep
                operator.process.emitstats: true
                """);

        assertThat(configuration.text("fields.proc.comm")).hasValue("literal");
        assertThat(configuration.text("fields.proc.pid")).hasValue("1");
        assertThat(configuration.text("fields.a.b.c")).hasValue("deep");
        assertThat(configuration.isTrue("operator.process.emitstats")).isTrue();
        assertThat(configuration.text("fields.proc.none")).isEmpty();
        assertThat(configuration.text("fields.")).isEmpty();
        assertThat(configuration.text(".")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "1,true", "2,true", "0,false", "\"t\",true", "\"TRUE\",true", "yes,false", "[true],false"})
    void shouldReadBooleans(String yaml, boolean expected) {
        assertThat(parse("v: " + yaml).isTrue("v")).isEqualTo(expected);
    }

    @Test
    void shouldReadListsAndWords() {
        Configuration configuration = parse("list: [a, 'b c', 3]\nwords: \" a  b\\tc \"\nmap: {a: 1}\n");

        assertThat(configuration.texts("list")).containsExactly("a", "b c", "3");
        assertThat(configuration.texts("words")).containsExactly("a", "b", "c");
        assertThat(configuration.texts("map")).isEmpty();
        assertThat(configuration.texts("none")).isEmpty();
    }

    @Test
    void shouldNotFlattenNestedAnnotations() {
        Configuration annotations = parse("""
                annotations:
                  cli.clear-screen-before: true
                  columns:
                    width: 5
                """).below("annotations");

        assertThat(annotations.entries())
                .containsEntry("cli.clear-screen-before", "true")
                .containsEntry("columns", "")
                .hasSize(2);
    }

    @Test
    void shouldSetValuesOnPathsThatAreMissing() {
        Configuration configuration = parse("a: text\n");

        configuration.set(List.of("a", "B", "c.d"), "1");

        assertThat(configuration.text("a.b.c.d")).hasValue("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "---", "# nothing", "~"})
    void shouldTakeAnEmptyDocument(String text) {
        assertThat(parse(text).keys()).isEmpty();
    }

    @Test
    void shouldPointAtWhatIsWrong() {
        assertThatThrownBy(() -> parse("name: x\nlist: [1, 2\nother: y\n"))
                .isInstanceOf(GadgetException.class)
                .hasMessageStartingWith("gadget.yaml: line 3, column 6: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"- a\n- b\n", "just text", "a: 1\na: 2\n", "\tx: 1", "a: \"\\q\"", "a: *nowhere", "a: \u0001"})
    void shouldRefuseWhatIsNoMapping(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(GadgetException.class)
                .hasMessageStartingWith("gadget.yaml: ");
    }

    @Test
    void shouldRefuseBombs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }

        assertThatThrownBy(() -> parse(bomb.toString())).isInstanceOf(GadgetException.class);
        assertThatThrownBy(() -> parse("a: " + "[".repeat(20_000))).isInstanceOf(GadgetException.class);
        assertThatThrownBy(() -> parse("a: " + "x".repeat(5 << 20))).isInstanceOf(GadgetException.class);
    }
}

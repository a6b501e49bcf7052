// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "yes",
                "no",
                "on",
                "Off",
                "y",
                "N",
                "null",
                "~",
                "123",
                "-1",
                "+1",
                "1.5",
                ".5",
                "1.",
                "1e3",
                "0x1F",
                "0o17",
                "0b101",
                "-0x1f",
                "017",
                "08",
                "1_000",
                ".inf",
                "-.Inf",
                ".nan",
                "2020-01-01",
                "2020-1-2",
                "2020-01-01T00:00:00Z",
                "2020-01-01t1:2:3.5+01:00",
                "2020-01-01 00:00:00",
                "12:30",
                "12:30:45",
                "1:30.5"
            })
    void shouldQuoteWhatWouldBeReadAsAnotherType(String text) {
        assertThat(written(text)).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:b",
                "a#b",
                "-a",
                "--",
                "?a",
                "=",
                "<<",
                "a,b",
                "it's",
                "back\\slash",
                "q\"uote",
                "ü漢",
                "a\u00a0b",
                "tRue",
                "0x",
                "0xZZ",
                "0b12",
                "1e",
                "1.2.3",
                ".",
                "-",
                "+",
                "_1",
                "12:60",
                "12:3a",
                "2020-01",
                "2020-01-01T00:00",
                "1e999",
                "a:",
                ":a",
                "20200-01-01"
            })
    void shouldKeepOtherTextsUnlessTheyLookLikeSyntax(String text) {
        boolean syntax = text.equals("-") || text.equals("a:");
        assertThat(written(text)).isEqualTo(syntax ? "'" + text + "'" : text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "@x",
                "%x",
                "&x",
                "*x",
                "!x",
                "|x",
                ">x",
                "{x",
                "[x",
                "]x",
                ",x",
                "`x",
                "\"x",
                "---",
                "----------",
                "...",
                "- a",
                "? a",
                "a: b",
                "a #b",
                "ends:",
                " lead",
                "trail "
            })
    void shouldQuoteWhatLooksLikeSyntax(String text) {
        assertThat(written(text)).isEqualTo("'" + text + "'");
    }

    @Test
    void shouldDoubleQuotesInsideOfQuotes() {
        assertThat(written("'q'")).isEqualTo("'''q'''");
    }

    @Test
    void shouldEscapeWhatCannotBeSeen() {
        assertThat(written("a\tb\u001b\u0001\"\\\ufeff\ud83d\ude00\u2028\u0085\u007f"))
                .isEqualTo("\"a\\tb\\e\\x01\\\"\\\\\\uFEFF\\U0001F600\\L\\N\\x7F\"");
    }

    @Test
    void shouldReplaceEachInvalidByte() {
        assertThat(written(new byte[] {'a', (byte) 0xe2, (byte) 0x82, 'b', (byte) 0xff}))
                .isEqualTo("a\ufffd\ufffdb\ufffd");
    }

    @Test
    void shouldWriteLinesAsTheyAre() {
        assertThat(written("a\nb")).isEqualTo("|-\n  a\n  b");
        assertThat(written("a\nb\n")).isEqualTo("|\n  a\n  b");
        assertThat(written("a\n\nb\n\n")).isEqualTo("|+\n  a\n\n  b\n");
        assertThat(written(" a\nb")).isEqualTo("|2-\n   a\n  b");
        assertThat(written("\na")).isEqualTo("|2-\n\n  a");
        assertThat(written("\n")).isEqualTo("|2+\n");
        assertThat(written("a \nb")).isEqualTo("\"a \\nb\"");
        assertThat(written("a\n\tb")).isEqualTo("\"a\\n\\tb\"");
    }

    @Test
    void shouldFoldAtBlanksBeyondTheBestWidth() {
        String word = "x".repeat(74);
        // The value starts in column 6, so the blank stands in column 80 and the next one in column 84.
        assertThat(written(word + " abc def")).isEqualTo(word + " abc\n  def");
        assertThat(written("'" + word + " abc de")).isEqualTo("'''" + word + "\n  abc de'");
        assertThat(written("\t" + word + " abc def")).isEqualTo("\"\\t" + word + "\n  abc def\"");
        assertThat(written(word + " abc  def")).isEqualTo(word + " abc  def");
        assertThat(written("\t" + word + "  def")).isEqualTo("\"\\t" + word + "\n  \\ def\"");
    }

    @Test
    void shouldNotFoldKeys() {
        String key = "x".repeat(90) + " abc";
        assertThat(YamlText.key(key)).isEqualTo(key);
        assertThat(YamlText.key("on")).isEqualTo("\"on\"");
    }

    private static String written(String text) {
        return written(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String written(byte[] bytes) {
        try (Utf8Buffer out = new Utf8Buffer(0)) {
            Utf8Literal literal = Utf8Literal.of(bytes);
            new YamlText(6, 0).append(out, literal.address(), literal.length(), false);
            return out.toString();
        }
    }
}

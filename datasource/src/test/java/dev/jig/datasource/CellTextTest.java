// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTextTest {
    @Test
    void shouldEscapeWhatATerminalCouldObey() {
        assertThat(escaped("\u001b[31m\u0007\b\f\u000b\r\n\t\u007f\u0000", false))
                .isEqualTo("\\x1b[31m\\a\\b\\f\\v\\r\\n\\t\\x7f\\x00");
        assertThat(escaped("\u0085\u009b\u202e\u2028\ufeff\ue000", false))
                .isEqualTo("\\u0085\\u009b\\u202e\\u2028\\ufeff\\ue000");
        assertThat(escaped("\udb40\udc01", false)).isEqualTo("\\U000e0001");
        assertThat(escaped("q\"b\\", false)).isEqualTo("q\\\"b\\\\");
        assertThat(escaped(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b'}, false))
                .isEqualTo("a\\xff\\xc3b");
    }

    @Test
    void shouldKeepForeignSpacesUnlessCompatible() {
        assertThat(escaped("a\u00a0b\u3000c", false)).isEqualTo("a\u00a0b\u3000c");
        assertThat(escaped("a\u00a0b\u3000c", true)).isEqualTo("a\\u00a0b\\u3000c");
    }

    @ParameterizedTest
    @CsvSource({
        "abcdefghij, 10, END, abcdefghij",
        "abcdefghij, 9, END, abcdefgh…",
        "abcdefghij, 9, START, …cdefghij",
        "abcdefghij, 9, MIDDLE, abcd…ghij",
        "abcdefghij, 8, MIDDLE, abcd…hij",
        "abcdefghij, 9, NONE, abcdefghi",
        "abcdefghij, 1, END, …",
        "abcdefghij, 1, START, …",
        "abcdefghij, 1, MIDDLE, …",
        "abcdefghij, 1, NONE, a",
        "abcdefghij, 0, END, ''",
        "abcdefghij, 2, MIDDLE, a…",
        "üüüüü, 3, START, …üü",
        "漢字漢字, 5, START, …漢字"
    })
    void shouldShorten(String text, int width, Ellipsis ellipsis, String expected) {
        assertThat(fitted(text, width, false, ellipsis)).isEqualTo(expected);
    }

    @Test
    void shouldPad() {
        assertThat(fitted("ab", 4, false, Ellipsis.END)).isEqualTo("ab  ");
        assertThat(fitted("ab", 4, true, Ellipsis.END)).isEqualTo("  ab");
        assertThat(fitted("漢字", 5, true, Ellipsis.END)).isEqualTo(" 漢字");
        assertThat(fitted("漢字字", 4, true, Ellipsis.END)).isEqualTo(" 漢…");
        assertThat(fitted("漢字字", 4, false, Ellipsis.START)).isEqualTo("…字 ");
    }

    @Test
    void shouldKnowCellsOfCharacters() {
        assertThat(DisplayWidth.of('a')).isEqualTo(1);
        assertThat(DisplayWidth.of('漢')).isEqualTo(2);
        assertThat(DisplayWidth.of(0x1f600)).isEqualTo(2);
        assertThat(DisplayWidth.of(0xac00)).isEqualTo(2);
        assertThat(DisplayWidth.of(0xff01)).isEqualTo(2);
        assertThat(DisplayWidth.of(0x301)).isZero();
        assertThat(DisplayWidth.of(0x3fffd)).isEqualTo(2);
        assertThat(DisplayWidth.of(0x10ff)).isEqualTo(1);
        assertThat(DisplayWidth.of(0x2026)).isEqualTo(1);
    }

    private static String escaped(String text, boolean compat) {
        return escaped(text.getBytes(StandardCharsets.UTF_8), compat);
    }

    private static String escaped(byte[] bytes, boolean compat) {
        Utf8Literal literal = Utf8Literal.of(bytes);
        try (Utf8Buffer out = new Utf8Buffer(0)) {
            int width = new CellText(compat).append(out, literal.address(), literal.length());
            int narrow = out.toString().codePointCount(0, out.toString().length());
            assertThat(width).isBetween(narrow, narrow + 1);
            return out.toString();
        }
    }

    private static String fitted(String text, int target, boolean right, Ellipsis ellipsis) {
        Utf8Literal literal = Utf8Literal.of(text);
        CellText cells = new CellText(false);
        try (Utf8Buffer cell = new Utf8Buffer(0);
                Utf8Buffer out = new Utf8Buffer(0)) {
            int width = cells.append(cell, literal.address(), literal.length());
            cells.fit(out, cell, width, target, right, ellipsis);
            return out.toString();
        }
    }
}

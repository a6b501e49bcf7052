// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCharactersTest {
    @ParameterizedTest
    @CsvSource({"27,\\x1b", "0,\\x00", "13,\\x0d", "127,\\x7f", "155,\\x9b"})
    void shouldWriteControlCharactersOut(int code, String text) {
        assertThat(ControlCharacters.neutralise("a" + (char) code + "b")).isEqualTo("a" + text + "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "two\nlines", "a\ttab", "ä€𝄞", "\u00a0"})
    void shouldLeaveOtherTextsAlone(String text) {
        assertThat(ControlCharacters.neutralise(text)).isEqualTo(text);
    }
}

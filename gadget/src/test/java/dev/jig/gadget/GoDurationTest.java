// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,0",
        "1ns,1",
        "300ms,300000000",
        "1m30s,90000000000",
        "1h2m3.5s,3723500000000",
        "1.5us,1500",
        "2µs,2000",
        "2μs,2000",
        ".5s,500000000",
        "1.s,1000000000",
        "-1.5h,-5400000000000",
        "+5s,5000000000",
        "9223372036854775807ns,9223372036854775807"
    })
    void shouldReadDurations(String text, long nanoseconds) {
        assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofNanos(nanoseconds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5     | time: missing unit in duration "5"
            1h5   | time: missing unit in duration "1h5"
            5x    | time: unknown unit "x" in duration "5x"
            1m 5s | time: unknown unit "m " in duration "1m 5s"
            s     | time: invalid duration "s"
            1..5s | time: invalid duration "1..5s"
            .s    | time: invalid duration ".s"
            -     | time: invalid duration "-"
            9223372036854775808ns | time: invalid duration "9223372036854775808ns"
            """)
    void shouldSayWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> GoDuration.parse(text)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+", "--1s", "1e5s"})
    void shouldRefuseOtherTexts(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text)).isInstanceOf(GadgetException.class);
    }

    @Test
    void shouldRefuseEndlessNumbers() {
        assertThatThrownBy(() -> GoDuration.parse("9".repeat(10_000) + "h")).isInstanceOf(GadgetException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0s",
        "7,7ns",
        "1500,1.5µs",
        "14944051,14.944051ms",
        "2500000000,2.5s",
        "60000000000,1m0s",
        "3602500000000,1h0m2.5s",
        "-300000000,-300ms"
    })
    void shouldWriteDurations(long nanoseconds, String text) {
        assertThat(GoDuration.text(Duration.ofNanos(nanoseconds))).isEqualTo(text);
    }
}

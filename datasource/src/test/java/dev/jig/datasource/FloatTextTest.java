// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "-2.5, -2.5",
        "0.1, 0.1",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.5e300, 1.5e+300",
        "0.000001, 0.000001",
        "1e-7, 1e-7",
        "-1.25e-9, -1.25e-9",
        "4.9E-324, 5e-324",
        "0.13149660000000002, 0.13149660000000002",
        "123456789.125, 123456789.125",
        "2e-323, 2e-323",
        "9007199254740993, 9007199254740992",
        "1.7976931348623157E308, 1.7976931348623157e+308"
    })
    void shouldWriteShortestForm(double value, String expected) {
        assertThat(shortest(value, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "16777216, 16777216", "3.4028235e38, 3.4028235e+38", "1.4e-45, 1e-45", "0.3, 0.3", "0, 0"})
    void shouldWriteShortestFormOfSinglePrecision(float value, String expected) {
        assertThat(shortest(value, true)).isEqualTo(expected);
    }

    @Test
    void shouldReadBackUnchanged() {
        Random random = new Random(3);
        for (int i = 0; i < 5000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(shortest(value, false))).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.6276031, 2, 1.63",
        "0.5, 0, 0",
        "1.5, 0, 2",
        "2.5, 0, 2",
        "-0.25, 1, -0.2",
        "0, 2, 0.00",
        "1e21, 0, 1000000000000000000000",
        "NaN, 2, NaN",
        "Infinity, 2, +Inf",
        "-Infinity, 2, -Inf"
    })
    void shouldWriteFixedDecimals(double value, int decimals, String expected) {
        try (Utf8Buffer out = new Utf8Buffer(0)) {
            FloatText.appendFixed(out, value, decimals);
            assertThat(out.toString()).isEqualTo(expected);
        }
    }

    private static String shortest(double value, boolean single) {
        try (Utf8Buffer out = new Utf8Buffer(0)) {
            FloatText.appendShortest(out, value, single);
            return out.toString();
        }
    }
}

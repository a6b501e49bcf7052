// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramTest {
    private static String drawn(Histogram histogram) {
        StringBuilder text = new StringBuilder();
        histogram.drawTo(text, "µs");
        return text.toString();
    }

    @Test
    void shouldDrawBarsInProportionToTheFullestSlot() {
        Histogram histogram = new Histogram(4);
        histogram.add(1, 29);
        histogram.add(2, 15);
        histogram.add(3, 1);

        assertThat(drawn(histogram)).isEqualTo("""
                        µs               : count    distribution
                         0 -> 1          : 0        |                                        |
                         1 -> 2          : 29       |****************************************|
                         2 -> 4          : 15       |********************                    |
                         4 -> 8          : 1        |*                                       |
                """.indent(0).replaceAll("(?m)^ {8}µs", "        µs"));
    }

    @Test
    void shouldDrawNothingOfEmptySlots() {
        assertThat(drawn(new Histogram(2))).doesNotContain("*");
    }

    @Test
    void shouldAddUp() {
        Histogram histogram = new Histogram(1);
        histogram.add(0, 2);
        histogram.add(0, 3);

        assertThat(drawn(histogram)).contains(" : 5        |");
    }
}

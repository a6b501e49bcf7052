// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import java.math.BigDecimal;

/** Numbers in their shortest form, with an exponent from a million on, as this field's exporters write them. */
final class PrometheusNumber {
    private static final int LARGEST_PLAIN = 6;
    private static final int SMALLEST_PLAIN = -4;

    private PrometheusNumber() {}

    static void append(StringBuilder text, double value) {
        if (Double.isNaN(value)) {
            text.append("NaN");
        } else if (Double.isInfinite(value)) {
            text.append(value > 0 ? "+Inf" : "-Inf");
        } else if (value == Math.rint(value) && Math.abs(value) < 1_000_000) {
            text.append((long) value);
        } else {
            appendFraction(text, value);
        }
    }

    private static void appendFraction(StringBuilder text, double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= SMALLEST_PLAIN && exponent < LARGEST_PLAIN) {
            text.append(decimal.toPlainString());
            return;
        }
        String digits = decimal.unscaledValue().abs().toString();
        text.append(value < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        text.append('e').append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        text.append(size < 10 ? "0" : "").append(size);
    }
}

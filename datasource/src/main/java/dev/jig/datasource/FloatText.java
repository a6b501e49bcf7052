// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimal forms of floating-point numbers. Numbers that are not whole allocate. */
final class FloatText {
    private static final double LARGEST_EXACT_WHOLE = 1L << 53;
    private static final int LARGEST_PLAIN_EXPONENT = 21;
    private static final int SMALLEST_PLAIN_EXPONENT = -6;

    private FloatText() {}

    /**
     * Appends the shortest decimal that reads back as the same number of its width, as ECMAScript does: plain notation, and
     * exponent form below 10⁻⁶ and from 10²¹ on. The number must be finite.
     */
    static void appendShortest(Utf8Buffer out, double value, boolean single) {
        if (isNegative(value)) {
            out.append('-');
        }
        double magnitude = Math.abs(value);
        if (magnitude <= LARGEST_EXACT_WHOLE && magnitude == Math.rint(magnitude) && !single) {
            out.appendUnsigned((long) magnitude);
        } else if (magnitude == 0) {
            out.append('0');
        } else {
            appendDigits(out, shortest(magnitude, single));
        }
    }

    private static boolean isNegative(double value) {
        return Double.doubleToRawLongBits(value) < 0;
    }

    /** The shortest digits: those of the JDK, which however never gives fewer than two. */
    private static BigDecimal shortest(double magnitude, boolean single) {
        BigDecimal decimal = new BigDecimal(single ? Float.toString((float) magnitude) : Double.toString(magnitude))
                .stripTrailingZeros();
        if (decimal.precision() == 2) {
            BigDecimal rounded = decimal.round(new java.math.MathContext(1, RoundingMode.HALF_EVEN));
            boolean same = single ? rounded.floatValue() == (float) magnitude : rounded.doubleValue() == magnitude;
            return same ? rounded.stripTrailingZeros() : decimal;
        }
        return decimal;
    }

    private static void appendDigits(Utf8Buffer out, BigDecimal decimal) {
        String digits = decimal.unscaledValue().toString();
        // The number is 0.digits × 10^point.
        int point = digits.length() - decimal.scale();
        if (point - 1 >= LARGEST_PLAIN_EXPONENT || point - 1 < SMALLEST_PLAIN_EXPONENT) {
            appendExponentForm(out, digits, point - 1);
        } else if (point <= 0) {
            out.append("0.");
            out.repeat('0', -point);
            out.append(digits);
        } else if (point >= digits.length()) {
            out.append(digits);
            out.repeat('0', point - digits.length());
        } else {
            out.append(digits.substring(0, point));
            out.append('.');
            out.append(digits.substring(point));
        }
    }

    private static void appendExponentForm(Utf8Buffer out, String digits, int exponent) {
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.');
            out.append(digits.substring(1));
        }
        out.append('e');
        if (exponent > 0) {
            out.append('+');
        }
        out.appendLong(exponent);
    }

    /** Appends the number with exactly {@code decimals} digits after the point, or NaN, +Inf or -Inf. */
    static void appendFixed(Utf8Buffer out, double value, int decimals) {
        if (Double.isNaN(value)) {
            out.append("NaN");
        } else if (Double.isInfinite(value)) {
            out.append(value > 0 ? "+Inf" : "-Inf");
        } else {
            if (isNegative(value)) {
                out.append('-');
            }
            BigDecimal exact = new BigDecimal(Math.abs(value));
            out.append(exact.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString());
        }
    }
}

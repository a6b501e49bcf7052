// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Arithmetic of expressions: integers wrap around, a division gives a fraction. */
final class Numbers {
    private static final double TWO_TO_64 = 0x1p64;

    private Numbers() {}

    static boolean isNumber(Value value) {
        return value instanceof Value.Whole || value instanceof Value.Fraction;
    }

    /** A number as a fraction. */
    static ToDoubleFunction<Record> fraction(Value value) {
        if (value instanceof Value.Fraction fraction) {
            return fraction.function();
        }
        if (value instanceof Value.Whole whole) {
            ToLongFunction<Record> function = whole.function();
            return whole.unsigned()
                    ? record -> unsigned(function.applyAsLong(record))
                    : record -> function.applyAsLong(record);
        }
        throw new FilterException(value.type() + " is no number");
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : value + TWO_TO_64;
    }

    /** Calculates with two numbers: with integers if both are. */
    static Value calculate(Value left, Value right, LongBinaryOperator wholes, DoubleBinaryOperator fractions) {
        return left instanceof Value.Whole a && right instanceof Value.Whole b
                ? wholes(a, b, wholes)
                : fractions(left, right, fractions);
    }

    static Value wholes(Value.Whole left, Value.Whole right, LongBinaryOperator operator) {
        if (left.constant().isPresent() && right.constant().isPresent()) {
            return Value.Whole.constant(
                    operator.applyAsLong(left.constant().get(), right.constant().get()), false);
        }
        ToLongFunction<Record> a = left.function();
        ToLongFunction<Record> b = right.function();
        return Value.Whole.of(record -> operator.applyAsLong(a.applyAsLong(record), b.applyAsLong(record)));
    }

    static Value fractions(Value left, Value right, DoubleBinaryOperator operator) {
        ToDoubleFunction<Record> a = fraction(left);
        ToDoubleFunction<Record> b = fraction(right);
        return Value.Fraction.of(record -> operator.applyAsDouble(a.applyAsDouble(record), b.applyAsDouble(record)));
    }

    static Value negate(Value value) {
        if (value instanceof Value.Whole whole) {
            return wholes(Value.Whole.constant(0, false), whole, (a, b) -> a - b);
        }
        if (value instanceof Value.Fraction fraction && fraction.constant().isPresent()) {
            return Value.Fraction.constant(-fraction.constant().get());
        }
        ToDoubleFunction<Record> function = fraction(value);
        return Value.Fraction.of(record -> -function.applyAsDouble(record));
    }

    /** The remainder, with the sign of the dividend. */
    static long remainder(long left, long right) {
        if (right == 0) {
            throw new FilterException("integer divide by zero");
        }
        return left % right;
    }

    /**
     * The number that is written.
     *
     * @param text with digits of base 10, 16 ({@code 0x}), 8 ({@code 0o}) or 2 ({@code 0b}), or a fraction
     * @throws FilterException when it is none, or needs more than 64 bits
     */
    static Value parse(String text) {
        String digits = text.replace("_", "");
        int radix = radix(digits);
        try {
            if (radix != 10) {
                long value = Long.parseUnsignedLong(digits.substring(2), radix);
                return Value.Whole.constant(value, value < 0);
            }
            if (isFraction(digits)) {
                return Value.Fraction.constant(Double.parseDouble(digits));
            }
            long value = Long.parseUnsignedLong(digits);
            return Value.Whole.constant(value, value < 0);
        } catch (NumberFormatException malformed) {
            throw new FilterException("invalid number literal: " + text);
        }
    }

    private static int radix(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 10;
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    /** The JDK would also take a letter for the type, and names. */
    private static boolean isFraction(String digits) {
        boolean fraction = false;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                fraction = true;
            } else if ((c < '0' || c > '9') && c != '+' && c != '-') {
                return false;
            }
        }
        return fraction;
    }
}

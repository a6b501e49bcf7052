// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as the configuration files and flags of this field write them: {@code 300ms}, {@code 1m30s}, {@code 0}. */
public final class GoDuration {
    private GoDuration() {}

    /**
     * Reads a duration.
     *
     * @throws GadgetException when the text is none
     */
    public static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        int start = negative || text.startsWith("+") ? 1 : 0;
        if (text.substring(start).equals("0")) {
            return Duration.ZERO;
        }
        if (start == text.length()) {
            throw invalid(text);
        }
        BigDecimal nanoseconds = BigDecimal.ZERO;
        int position = start;
        while (position < text.length()) {
            int numberEnd = endOf(text, position, true);
            int unitEnd = endOf(text, numberEnd, false);
            if (numberEnd == position) {
                throw invalid(text);
            }
            BigDecimal unit = unit(text, text.substring(numberEnd, unitEnd));
            nanoseconds = nanoseconds.add(
                    number(text, text.substring(position, numberEnd)).multiply(unit));
            position = unitEnd;
        }
        if (nanoseconds.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw invalid(text);
        }
        Duration duration = Duration.ofNanos(nanoseconds.longValue());
        return negative ? duration.negated() : duration;
    }

    /** Writes a duration in its shortest form: {@code 0s}, {@code 1.5µs}, {@code 14.944051ms}, {@code 1h0m2.5s}. */
    public static String text(Duration duration) {
        if (duration.isNegative()) {
            return "-" + text(duration.negated());
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            long nanoseconds = duration.toNanos();
            if (nanoseconds == 0) {
                return "0s";
            }
            if (nanoseconds < 1_000) {
                return nanoseconds + "ns";
            }
            return nanoseconds < 1_000_000 ? decimal(nanoseconds, 3) + "µs" : decimal(nanoseconds, 6) + "ms";
        }
        StringBuilder text = new StringBuilder();
        if (duration.toHours() > 0) {
            text.append(duration.toHours()).append('h');
        }
        if (duration.toMinutes() > 0) {
            text.append(duration.toMinutesPart()).append('m');
        }
        long rest = duration.toSecondsPart() * 1_000_000_000L + duration.toNanosPart();
        return text.append(decimal(rest, 9)).append('s').toString();
    }

    private static String decimal(long value, int decimals) {
        return BigDecimal.valueOf(value, decimals).stripTrailingZeros().toPlainString();
    }

    private static int endOf(String text, int start, boolean digits) {
        int end = start;
        while (end < text.length() && isNumberPart(text.charAt(end)) == digits) {
            end++;
        }
        return end;
    }

    private static boolean isNumberPart(char c) {
        return c >= '0' && c <= '9' || c == '.';
    }

    private static BigDecimal number(String text, String digits) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException malformed) {
            throw invalid(text);
        }
    }

    private static BigDecimal unit(String text, String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "us", "µs", "μs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    case "" -> throw new GadgetException("time: missing unit in duration \"" + text + "\"");
                    default ->
                        throw new GadgetException("time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
                });
    }

    private static GadgetException invalid(String text) {
        return new GadgetException("time: invalid duration \"" + text + "\"");
    }
}

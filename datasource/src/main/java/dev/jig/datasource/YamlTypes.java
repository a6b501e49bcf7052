// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Whether a plain YAML 1.1 scalar would be read as something else than a string. */
final class YamlTypes {
    private YamlTypes() {}

    static boolean isOtherType(String text) {
        return isWord(text) || isNumber(text) || isSexagesimal(text) || isTimestamp(text);
    }

    /** Words for null, booleans and special numbers, in the cases that are recognised. */
    private static boolean isWord(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> true;
            case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> true;
            case ".nan", ".NaN", ".NAN" -> true;
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF" -> true;
            default -> false;
        };
    }

    private static boolean isNumber(String text) {
        char first = text.charAt(0);
        if (!isDigit(first) && first != '+' && first != '-' && first != '.') {
            return false;
        }
        String plain = text.replace("_", "");
        int at = !plain.isEmpty() && (plain.charAt(0) == '+' || plain.charAt(0) == '-') ? 1 : 0;
        return isPrefixedInteger(plain, at) || isDecimal(plain, at);
    }

    private static boolean isPrefixedInteger(String text, int at) {
        if (text.length() < at + 3 || text.charAt(at) != '0') {
            return false;
        }
        int radix = switch (text.charAt(at + 1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
        for (int i = at + 2; radix != 0 && i < text.length(); i++) {
            if (text.charAt(i) >= 0x80 || Character.digit(text.charAt(i), radix) < 0) {
                return false;
            }
        }
        return radix != 0;
    }

    /** Digits with at most one point and an optional exponent: {@code 1}, {@code 1.}, {@code .5}, {@code 1e3}. */
    private static boolean isDecimal(String text, int start) {
        int at = digits(text, start);
        int whole = at - start;
        int fraction = 0;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = digits(text, at + 1);
            fraction = end - at - 1;
            at = end;
        }
        if (whole + fraction == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int end = digits(text, at);
            if (end == at) {
                return false;
            }
            at = end;
        }
        return at == text.length() && !Double.isInfinite(Double.parseDouble(text));
    }

    /** Numbers of base 60 such as {@code 12:30:45}. */
    private static boolean isSexagesimal(String text) {
        int at = text.charAt(0) == '+' || text.charAt(0) == '-' ? 1 : 0;
        if (at == text.length() || !isDigit(text.charAt(at))) {
            return false;
        }
        at = digitsOrUnderscores(text, at);
        int groups = 0;
        while (at < text.length() && text.charAt(at) == ':') {
            int end = digits(text, at + 1);
            int count = end - at - 1;
            if (count == 0 || count > 2 || (count == 2 && text.charAt(at + 1) > '5')) {
                return false;
            }
            at = end;
            groups++;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at = digitsOrUnderscores(text, at + 1);
        }
        return groups > 0 && at == text.length();
    }

    /** Dates {@code 2001-1-2}, and with a time of day behind {@code T}, {@code t} or a blank. */
    private static boolean isTimestamp(String text) {
        int at = digits(text, 0);
        if (at != 4) {
            return false;
        }
        for (int i = 0; i < 2; i++) {
            int end = at < text.length() && text.charAt(at) == '-' ? digits(text, at + 1) : at;
            int count = end - at - 1;
            if (count < 1 || count > 2) {
                return false;
            }
            at = end;
        }
        return at == text.length() || isTimeOfDay(text, at);
    }

    private static boolean isTimeOfDay(String text, int start) {
        char separator = text.charAt(start);
        if (separator != 'T' && separator != 't' && separator != ' ') {
            return false;
        }
        int at = start;
        for (int i = 0; i < 3; i++) {
            boolean separated = at < text.length() && (i == 0 || text.charAt(at) == ':');
            int end = separated ? digits(text, at + 1) : at;
            int count = end - at - 1;
            if (count < 1 || count > 2) {
                return false;
            }
            at = end;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at = digits(text, at + 1);
        }
        boolean zoned = separator != ' ';
        return zoned ? isZone(text, at) : at == text.length();
    }

    private static boolean isZone(String text, int at) {
        if (at == text.length() - 1) {
            return text.charAt(at) == 'Z';
        }
        return text.length() == at + 6
                && (text.charAt(at) == '+' || text.charAt(at) == '-')
                && digits(text, at + 1) == at + 3
                && text.charAt(at + 3) == ':'
                && digits(text, at + 4) == at + 6;
    }

    private static int digits(String text, int start) {
        int at = start;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int digitsOrUnderscores(String text, int start) {
        int at = start;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

/** Reads a string in quotes with its escapes. */
final class StringLiteral {
    private static final String ESCAPED = "abfnrtv\\'\"";
    private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\'\"";

    private final Source source;
    private final String text;
    private final int start;
    private final StringBuilder value = new StringBuilder();
    private int at;

    /**
     * @param start index of the opening quote
     */
    StringLiteral(Source source, int start) {
        this.source = source;
        this.text = source.text();
        this.start = start;
        this.at = start + 1;
    }

    /**
     * The string's value.
     *
     * @throws FilterException when it does not end, or has an unknown escape
     */
    String read() {
        char quote = text.charAt(start);
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            char c = text.charAt(at++);
            if (c == '\\') {
                escape();
            } else {
                value.append(c);
            }
        }
        if (at >= text.length() || text.charAt(at) != quote) {
            throw source.problem("literal not terminated", start);
        }
        at++;
        return value.toString();
    }

    /** Index behind the closing quote. */
    int end() {
        return at;
    }

    private void escape() {
        char c = at < text.length() ? text.charAt(at) : '\n';
        int known = ESCAPED.indexOf(c);
        if (known >= 0) {
            value.append(MEANT.charAt(known));
            at++;
        } else if (c == 'x') {
            code(2, 16, 1);
        } else if (c == 'u') {
            code(4, 16, 1);
        } else if (c == 'U') {
            code(8, 16, 1);
        } else if (c >= '0' && c <= '7') {
            code(3, 8, 0);
        } else {
            throw source.problem("invalid char escape", at - 1);
        }
    }

    private void code(int digits, int radix, int skipped) {
        int from = at + skipped;
        int code = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0 || code > Character.MAX_CODE_POINT) {
                throw source.problem("invalid char escape", at - 1);
            }
            code = code * radix + digit;
        }
        if (!Character.isValidCodePoint(code)) {
            throw source.problem("invalid char escape", at - 1);
        }
        value.appendCodePoint(code);
        at = from + digits;
    }
}

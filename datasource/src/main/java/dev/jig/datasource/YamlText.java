// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/**
 * Writes strings as YAML scalars: the plainest style that is read again unchanged, folded at blanks beyond column 80 (YAML 1.1,
 * chapter 9).
 */
public final class YamlText {
    private static final int BEST_WIDTH = 80;
    private static final String UNIT = "  ";

    private final int column;
    private final String continuation;

    /**
     * Creates a writer for values at one place of a document.
     *
     * @param column characters of the line before the value
     * @param depth nesting of the mapping that the value belongs to
     */
    YamlText(int column, int depth) {
        this.column = column;
        this.continuation = "\n" + UNIT.repeat(depth + 1);
    }

    /** Appends bytes as a string, or as hexadecimal digits. */
    void append(Utf8Buffer out, long address, int length, boolean hex) {
        if (hex) {
            try (Utf8Buffer digits = new Utf8Buffer(2 * length + 1)) {
                digits.appendHexBytes(address, length);
                append(out, digits.toString());
            }
        } else {
            append(out, decode(address, length));
        }
    }

    /** Each byte that is not part of valid UTF-8 becomes U+FFFD. */
    private static String decode(long address, int length) {
        StringBuilder text = new StringBuilder(length);
        int at = 0;
        while (at < length) {
            int bytes = Utf8.sequenceLength(address + at, length - at);
            text.appendCodePoint(bytes == 0 ? 0xfffd : Utf8.decode(address + at, bytes));
            at += Math.max(1, bytes);
        }
        return text.toString();
    }

    void append(Utf8Buffer out, String text) {
        switch (YamlStyle.of(text)) {
            case PLAIN -> fold(out, text, false);
            case SINGLE_QUOTED -> {
                out.append('\'');
                fold(out, text, true);
                out.append('\'');
            }
            case DOUBLE_QUOTED -> {
                out.append('"');
                foldEscaped(out, text);
                out.append('"');
            }
            case LITERAL -> literal(out, text);
        }
    }

    /** A string at some place of a document, in its plainest style. */
    public static String scalar(String text, int column, int depth) {
        try (Utf8Buffer out = new Utf8Buffer(text.length() + 16)) {
            new YamlText(column, depth).append(out, text);
            return out.toString();
        }
    }

    /** A mapping key, which is never folded. */
    public static String key(String name) {
        try (Utf8Buffer out = new Utf8Buffer(64)) {
            // Far to the left of the first column nothing reaches the width at which lines are folded.
            new YamlText(Integer.MIN_VALUE / 2, 0).append(out, name.replace('\n', ' '));
            return out.toString();
        }
    }

    private void fold(Utf8Buffer out, String text, boolean quoted) {
        int at = quoted ? column + 1 : column;
        boolean afterSpace = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean last = i == text.length() - 1;
            boolean foldable = c == ' ' && !afterSpace && at > BEST_WIDTH && !last && text.charAt(i + 1) != ' ';
            if (foldable && i > 0) {
                out.append(continuation);
                at = continuation.length() - 1;
            } else {
                out.appendCodePoint(c);
                at++;
                if (quoted && c == '\'') {
                    out.append('\'');
                    at++;
                }
            }
            afterSpace = c == ' ';
        }
    }

    private void foldEscaped(Utf8Buffer out, String text) {
        int at = column + 1;
        boolean afterSpace = false;
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            boolean inside = i > 0 && i < text.length() - 1;
            if (c == ' ' && !afterSpace && inside && at > BEST_WIDTH) {
                out.append(continuation);
                at = continuation.length() - 1;
                if (text.charAt(i + 1) == ' ') {
                    out.append('\\');
                    at++;
                }
                afterSpace = true;
            } else {
                long before = out.length();
                boolean literal = YamlStyle.isPrintable(c) && c != '"' && c != '\\';
                if (literal) {
                    out.appendCodePoint(c);
                } else {
                    escape(out, c);
                }
                at += literal ? 1 : (int) (out.length() - before);
                afterSpace = c == ' ';
            }
        }
    }

    private static void escape(Utf8Buffer out, int c) {
        out.append('\\');
        switch (c) {
            case 0 -> out.append('0');
            case 0x07 -> out.append('a');
            case '\b' -> out.append('b');
            case '\t' -> out.append('t');
            case '\n' -> out.append('n');
            case 0x0b -> out.append('v');
            case '\f' -> out.append('f');
            case '\r' -> out.append('r');
            case 0x1b -> out.append('e');
            case '"', '\\' -> out.append((char) c);
            case 0x85 -> out.append('N');
            case 0x2028 -> out.append('L');
            case 0x2029 -> out.append('P');
            default -> {
                int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
                out.append(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
                for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
                    int digit = (c >>> shift) & 15;
                    out.append((char) (digit < 10 ? '0' + digit : 'A' - 10 + digit));
                }
            }
        }
    }

    /** Lines as they are; the mark says where indentation cannot be guessed and how many line ends follow the text. */
    private void literal(Utf8Buffer out, String text) {
        out.append('|');
        if (text.startsWith("\n") || text.startsWith(" ")) {
            out.append('2');
        }
        boolean ended = text.endsWith("\n");
        if (!ended) {
            out.append('-');
        } else if (text.length() == 1 || text.charAt(text.length() - 2) == '\n') {
            out.append('+');
        }
        String lines = ended ? text.substring(0, text.length() - 1) : text;
        for (String line : lines.split("\n", -1)) {
            if (line.isEmpty()) {
                out.append('\n');
            } else {
                out.append(continuation);
                out.append(line);
            }
        }
    }
}

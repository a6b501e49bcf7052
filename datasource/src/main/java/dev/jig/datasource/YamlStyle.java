// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** How a string is written in YAML. */
enum YamlStyle {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL;

    /** The plainest style in which the string is read again unchanged. */
    static YamlStyle of(String text) {
        if (YamlTypes.isOtherType(text) || needsEscapes(text)) {
            return DOUBLE_QUOTED;
        }
        if (text.indexOf('\n') >= 0) {
            // A blank before a line's end, or at the very end, would not be seen and is not kept by all readers.
            return text.endsWith(" ") || text.contains(" \n") ? DOUBLE_QUOTED : LITERAL;
        }
        return isPlain(text) ? PLAIN : SINGLE_QUOTED;
    }

    private static boolean needsEscapes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isPrintable(c) && c != '\n') {
                return true;
            }
        }
        return false;
    }

    /** Characters that stand for themselves: of the basic plane only, without line ends, controls and byte-order mark. */
    static boolean isPrintable(int c) {
        return (c >= 0x20 && c <= 0x7e)
                || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
    }

    private static boolean isPlain(String text) {
        boolean atMarker = text.startsWith("---") || text.startsWith("...");
        if (atMarker || text.startsWith(" ") || text.endsWith(" ") || startsWithIndicator(text)) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == ':' && isBlankOrEnd(text, i + 1)) || (c == '#' && text.charAt(i - 1) == ' ')) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWithIndicator(String text) {
        return switch (text.charAt(0)) {
            case '#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`' -> true;
            case '-', '?', ':' -> isBlankOrEnd(text, 1);
            default -> false;
        };
    }

    private static boolean isBlankOrEnd(String text, int at) {
        return at == text.length() || text.charAt(at) == ' ';
    }
}

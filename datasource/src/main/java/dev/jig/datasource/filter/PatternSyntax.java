// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import java.util.Locale;

/** Translates regular expressions of RE2, which both filter languages have, into those of the JDK. */
final class PatternSyntax {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private PatternSyntax(String text) {
        this.text = text;
    }

    /**
     * The same expression for the JDK.
     *
     * @throws FilterException when it needs what RE2 does not have: to look around, or back at groups
     */
    static String toJava(String text) {
        PatternSyntax syntax = new PatternSyntax(text);
        while (syntax.at < text.length()) {
            syntax.element();
        }
        return syntax.out.toString();
    }

    private void element() {
        char c = text.charAt(at);
        if (c == '\\') {
            escape();
        } else if (c == '[') {
            characterClass();
        } else if (c == '$') {
            // In RE2 only the very end matches, for the JDK also a line feed before it; unless lines are asked for.
            out.append("(?!\\n\\z)$");
            at++;
        } else if (text.startsWith("(?", at)) {
            group();
        } else {
            out.append(c);
            at++;
        }
    }

    private void escape() {
        if (text.startsWith("\\Q", at)) {
            int end = text.indexOf("\\E", at);
            String quoted = text.substring(at, end < 0 ? text.length() : end + 2);
            out.append(quoted);
            at += quoted.length();
            return;
        }
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if ((next >= '1' && next <= '9') || next == 'k' || next == 'G' || next == 'Z' || next == 'R' || next == 'X') {
            throw new FilterException("invalid escape sequence: `\\" + next + "`");
        }
        out.append(text, at, Math.min(at + 2, text.length()));
        at += 2;
    }

    private void group() {
        if (text.startsWith("(?P<", at)) {
            out.append("(?<");
            at += 4;
            return;
        }
        char kind = at + 2 < text.length() ? text.charAt(at + 2) : ' ';
        boolean behind = kind == '<' && at + 3 < text.length() && "=!".indexOf(text.charAt(at + 3)) >= 0;
        if (kind == '=' || kind == '!' || kind == '>' || behind) {
            throw new FilterException("invalid or unsupported Perl syntax: `"
                    + text.substring(at, Math.min(at + 3, text.length())) + "`");
        }
        out.append("(?");
        at += 2;
    }

    /** In a class, the JDK gives a meaning to brackets and double ampersands that RE2 does not. */
    private void characterClass() {
        out.append('[');
        at++;
        if (at < text.length() && text.charAt(at) == '^') {
            out.append('^');
            at++;
        }
        boolean first = true;
        while (at < text.length() && (first || text.charAt(at) != ']')) {
            member(first);
            first = false;
        }
        if (at < text.length()) {
            out.append(']');
            at++;
        }
    }

    private void member(boolean first) {
        char c = text.charAt(at);
        if (text.startsWith("[:", at) && text.indexOf(":]", at) > 0) {
            int end = text.indexOf(":]", at);
            out.append(posix(text.substring(at + 2, end)));
            at = end + 2;
        } else if (c == '\\') {
            escape();
        } else {
            if (c == '[' || c == '&' || (c == ']' && first)) {
                out.append('\\');
            }
            out.append(c);
            at++;
        }
    }

    private static String posix(String name) {
        boolean negated = name.startsWith("^");
        String word = negated ? name.substring(1) : name;
        return switch (word) {
            case "word" -> negated ? "\\W" : "\\w";
            case "ascii",
                    "alnum",
                    "alpha",
                    "blank",
                    "cntrl",
                    "digit",
                    "graph",
                    "lower",
                    "print",
                    "punct",
                    "space",
                    "upper",
                    "xdigit" -> (negated ? "\\P{" : "\\p{") + posixName(word) + "}";
            default -> throw new FilterException("invalid character class range: `[:" + name + ":]`");
        };
    }

    private static String posixName(String word) {
        return switch (word) {
            case "ascii" -> "ASCII";
            case "xdigit" -> "XDigit";
            default -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        };
    }
}

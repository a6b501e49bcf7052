// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

/** Texts in HTML and SVG: nothing in them is markup. */
public final class Markup {
    private Markup() {}

    /** A text with the characters escaped that could begin or end markup or an attribute; control characters are left out. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.append((char) c);
                default -> {
                    if (!Character.isISOControl(c)) {
                        safe.appendCodePoint(c);
                    }
                }
            }
        });
        return safe.toString();
    }
}

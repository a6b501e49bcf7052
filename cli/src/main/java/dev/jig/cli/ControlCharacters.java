// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

/** Keeps names that others chose from steering a terminal. */
final class ControlCharacters {
    private static final int DELETE = 0x7f;

    private ControlCharacters() {}

    /** The text with control characters, line feeds and tabulators excepted, written as {@code \x1b}. */
    static String neutralise(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = c < ' ' && c != '\n' && c != '\t' || (c >= DELETE && c < 0xa0);
            if (control) {
                out.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}

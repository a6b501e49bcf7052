// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

/** Texts as expressions write them. */
final class Quoted {
    private Quoted() {}

    static String text(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\x").append(Character.forDigit(c >> 4, 16));
                        quoted.append(Character.forDigit(c & 0xf, 16));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}

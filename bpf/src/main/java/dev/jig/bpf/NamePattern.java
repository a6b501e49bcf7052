// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

import static java.util.Objects.requireNonNull;

/**
 * Names with a wildcard, as sections for many functions have them: {@code *} stands for any number of characters, {@code ?} for one.
 *
 * @param text the pattern
 */
public record NamePattern(String text) {
    public NamePattern {
        requireNonNull(text, "text");
    }

    /** Whether only one name fits. */
    public boolean isName() {
        return text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }

    /** Whether a name fits. Takes at most as many steps as the product of both lengths. */
    public boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int behindStar = 0;
        while (at < name.length()) {
            if (in < text.length() && text.charAt(in) == '*') {
                star = in++;
                behindStar = at;
            } else if (in < text.length() && (text.charAt(in) == '?' || text.charAt(in) == name.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++behindStar;
            } else {
                return false;
            }
        }
        while (in < text.length() && text.charAt(in) == '*') {
            in++;
        }
        return in == text.length();
    }
}

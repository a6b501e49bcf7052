// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.net.InetAddress;
import java.util.Optional;

/** Literal IP addresses; no name is ever looked up. */
public final class IpAddress {
    private IpAddress() {}

    /** The 4 or 16 bytes of a literal, or nothing when the text is none. */
    public static Optional<byte[]> parse(String text) {
        // The JDK also takes 10.1 for 10.0.0.1, brackets and the names of interfaces; nobody means these here.
        boolean plain = text.indexOf(':') >= 0 ? text.indexOf('%') < 0 && text.indexOf('[') < 0 : isDottedQuad(text);
        if (!plain) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException notALiteral) {
            return Optional.empty();
        }
    }

    private static boolean isDottedQuad(String text) {
        int dots = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                dots++;
                digits = 0;
            } else {
                digits++;
                boolean leadingZero = digits == 2 && text.charAt(i - 1) == '0';
                if (c < '0' || c > '9' || leadingZero) {
                    return false;
                }
            }
        }
        return dots == 3;
    }
}

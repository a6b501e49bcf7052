// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.net.InetAddress;
import java.util.Optional;

/** Literal IP addresses; no name is ever looked up. */
public final class IpAddress {
    private IpAddress() {}

    /** The 4 or 16 bytes of a literal, or nothing when the text is none. */
    public static Optional<byte[]> parse(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException notALiteral) {
            return Optional.empty();
        }
    }
}

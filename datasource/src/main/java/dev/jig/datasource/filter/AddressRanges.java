// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Ranges of IP addresses (RFC 4632). */
final class AddressRanges {
    private final List<Range> ranges = new ArrayList<>();

    private record Range(byte[] address, int bits) {
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            for (int i = 0; i < whole; i++) {
                if (other[i] != address[i]) {
                    return false;
                }
            }
            int rest = bits % Byte.SIZE;
            return rest == 0 || ((other[whole] ^ address[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
        }
    }

    /**
     * Adds a range.
     *
     * @throws FilterException when it is none
     */
    void add(String text) {
        int slash = text.indexOf('/');
        try {
            byte[] address = InetAddress.ofLiteral(slash < 0 ? "" : text.substring(0, slash))
                    .getAddress();
            int bits = Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= address.length * Byte.SIZE) {
                ranges.add(new Range(address, bits));
                return;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, as an impossible number of bits is.
        }
        throw new FilterException("invalid CIDR address: " + text);
    }

    /**
     * Whether an address is in one of the ranges.
     *
     * @throws FilterException when it is no address
     */
    boolean contains(String text) {
        byte[] address = parse(text);
        for (Range range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] parse(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException malformed) {
            throw new FilterException("unable to parse IP address " + Quoted.text(text));
        }
    }
}

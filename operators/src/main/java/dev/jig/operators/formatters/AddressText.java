// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Utf8Buffer;

/** Network addresses as text; bytes that a short array lacks are zero. */
final class AddressText {
    private static final int GROUPS = 8;
    private static final int MAPPED_PREFIX = 12;

    private AddressText() {}

    /** Four decimal numbers. */
    static void writeVersion4(byte[] address, int from, Utf8Buffer out) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                out.append('.');
            }
            out.appendLong(byteAt(address, from + i));
        }
    }

    /** The form of RFC 5952; addresses that stand for ones of version 4 are written like these. */
    static void writeVersion6(byte[] address, Utf8Buffer out) {
        if (isMapped(address)) {
            writeVersion4(address, MAPPED_PREFIX, out);
            return;
        }
        int zeros = longestZeros(address);
        int zerosEnd = zeros + zerosFrom(address, zeros);
        for (int i = 0; i < GROUPS; i++) {
            if (i == zeros) {
                out.append("::");
                i = zerosEnd - 1;
            } else {
                if (i > 0 && i != zerosEnd) {
                    out.append(':');
                }
                out.appendHex(group(address, i));
            }
        }
    }

    /** Whether the text has colons, which an address that stands for one of version 4 does not have. */
    static boolean isMapped(byte[] address) {
        for (int i = 0; i < 5; i++) {
            if (group(address, i) != 0) {
                return false;
            }
        }
        return group(address, 5) == 0xffff;
    }

    /** Where the first of the longest runs of at least two zero groups starts; a place behind the end if there is none. */
    private static int longestZeros(byte[] address) {
        int best = GROUPS + 1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(address, i);
            if (zeros > length) {
                best = i;
                length = zeros;
            }
        }
        return best;
    }

    private static int zerosFrom(byte[] address, int first) {
        int end = first;
        while (end < GROUPS && group(address, end) == 0) {
            end++;
        }
        return end - first;
    }

    private static int group(byte[] address, int index) {
        return byteAt(address, 2 * index) << 8 | byteAt(address, 2 * index + 1);
    }

    private static int byteAt(byte[] address, int index) {
        return index < address.length ? address[index] & 0xff : 0;
    }
}

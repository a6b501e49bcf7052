// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Decoding of UTF-8 that may be invalid (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). */
final class Utf8 {
    private Utf8() {}

    /** Bytes of the valid sequence at {@code at}, of which {@code available} exist; 0 when the first byte starts none. */
    static int sequenceLength(long at, int available) {
        int first = Memory.getByte(at) & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || length > available || !isSecond(first, Memory.getByte(at + 1) & 0xff)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((Memory.getByte(at + i) & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** The code point of a valid sequence of {@code length} bytes. */
    static int decode(long at, int length) {
        int value = Memory.getByte(at) & 0xff;
        if (length > 1) {
            value &= 0x7f >>> length;
            for (int i = 1; i < length; i++) {
                value = (value << 6) | (Memory.getByte(at + i) & 0x3f);
            }
        }
        return value;
    }

    /** Decodes {@code length} bytes into {@code target}, which has at least as many chars; returns how many chars there are. */
    static int decode(long from, int length, char[] target) {
        int count = 0;
        int at = 0;
        while (at < length) {
            int sequence = sequenceLength(from + at, length - at);
            if (sequence == 0) {
                target[count++] = '\ufffd';
                at++;
            } else {
                count += Character.toChars(decode(from + at, sequence), target, count);
                at += sequence;
            }
        }
        return count;
    }

    private static boolean isSecond(int first, int second) {
        return switch (first) {
            case 0xe0 -> second >= 0xa0 && second <= 0xbf;
            case 0xed -> second >= 0x80 && second <= 0x9f;
            case 0xf0 -> second >= 0x90 && second <= 0xbf;
            case 0xf4 -> second >= 0x80 && second <= 0x8f;
            default -> second >= 0x80 && second <= 0xbf;
        };
    }
}

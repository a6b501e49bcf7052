// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/**
 * Escapes raw bytes as the inside of a JSON string (RFC 8259, section 7). Control characters become {@code \n}, {@code \r},
 * {@code \t} or {@code \}{@code u00xx}, each byte of invalid UTF-8 becomes {@code \}{@code ufffd}, and U+2028 and U+2029 are escaped
 * because JavaScript took them for line ends; everything else is literal.
 */
final class JsonText {
    private static final long SPACES = 0x20 * Memory.ONES;
    private static final long QUOTES = '"' * Memory.ONES;
    private static final long BACKSLASHES = '\\' * Memory.ONES;
    /** The longest replacement of one byte. */
    private static final int GROWTH = 6;

    private JsonText() {}

    /** Appends {@code length} bytes, or those before the first NUL, of memory that does not belong to {@code out}. */
    static void append(Utf8Buffer out, long from, int length, boolean untilNul) {
        out.ensure((long) length + Long.BYTES);
        long to = out.end();
        int at = 0;
        while (at < length) {
            long word = Memory.word(from + at, length - at);
            Memory.putWord(to, word);
            long special = special(word);
            if (special == 0) {
                at += Long.BYTES;
                to += Long.BYTES;
                continue;
            }
            int plain = Long.numberOfTrailingZeros(special) >>> 3;
            at += plain;
            to += plain;
            if (at >= length || (untilNul && ((word >>> (plain << 3)) & 0xff) == 0)) {
                break;
            }
            out.setEnd(to);
            at = escapeOne(out, from, at, length);
            out.ensure((long) (length - at) + Long.BYTES);
            to = out.end();
        }
        out.setEnd(to);
    }

    /** Escapes in place what {@code out} holds from {@code start} on. */
    static void escapeFrom(Utf8Buffer out, long start) {
        int length = (int) (out.length() - start);
        long from = out.address() + start;
        for (int i = 0; i < length; i += Long.BYTES) {
            if (special(Memory.word(from + i, length - i)) != 0 && needsEscape(from + i, length - i)) {
                rewrite(out, start, length);
                return;
            }
        }
    }

    /** Whether what makes a word special lies before the text's end. */
    private static boolean needsEscape(long from, int length) {
        return Long.numberOfTrailingZeros(special(Memory.word(from, length))) >>> 3 < length;
    }

    /**
     * Moves the text far enough behind {@code start} that its escaped form, written from there, cannot reach what is still to be
     * read.
     */
    private static void rewrite(Utf8Buffer out, long start, int length) {
        long gap = (long) GROWTH * length + 2 * Long.BYTES;
        out.ensure(gap + length);
        long from = out.address() + start;
        Memory.copyExactly(from, from + gap, length);
        out.truncate(start);
        append(out, from + gap, length, false);
    }

    /** Marks the highest bit of bytes that cannot be copied; the lowest mark is exact, later ones need not be. */
    private static long special(long word) {
        long quotes = word ^ QUOTES;
        long backslashes = word ^ BACKSLASHES;
        long controls = (word - SPACES) & ~word;
        long found =
                controls | ((quotes - Memory.ONES) & ~quotes) | ((backslashes - Memory.ONES) & ~backslashes) | word;
        return found & Memory.HIGHS;
    }

    /** Appends what stands for the byte or character at {@code at}; returns where the next one starts. */
    private static int escapeOne(Utf8Buffer out, long from, int at, int length) {
        int value = Memory.getByte(from + at) & 0xff;
        if (value < 0x80) {
            escapeAscii(out, value);
            return at + 1;
        }
        int bytes = Utf8.sequenceLength(from + at, length - at);
        if (bytes == 0) {
            out.append('\\');
            out.append('u');
            out.appendPaddedHex(0xfffd, 4);
            return at + 1;
        }
        int codePoint = bytes == 3 ? Utf8.decode(from + at, bytes) : 0;
        if (codePoint == 0x2028 || codePoint == 0x2029) {
            out.append('\\');
            out.append('u');
            out.appendPaddedHex(codePoint, 4);
        } else {
            out.append(from + at, bytes);
        }
        return at + bytes;
    }

    private static void escapeAscii(Utf8Buffer out, int value) {
        out.append('\\');
        switch (value) {
            case '"', '\\' -> out.append((char) value);
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            default -> {
                out.append('u');
                out.appendPaddedHex(value, 4);
            }
        }
    }
}

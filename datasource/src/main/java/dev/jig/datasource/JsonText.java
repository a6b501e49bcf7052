// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Escapes raw bytes as the inside of a JSON string (RFC 8259, section 7). Control characters become {@code \n}, {@code \r},
 * {@code \t} or {@code \}{@code u00xx}, each byte of invalid UTF-8 becomes {@code \}{@code ufffd}, and U+2028 and U+2029 are escaped
 * because JavaScript took them for line ends; everything else is literal.
 */
final class JsonText {
    private static final long SPACES = 0x20 * Bytes.ONES;
    private static final long QUOTES = '"' * Bytes.ONES;
    private static final long BACKSLASHES = '\\' * Bytes.ONES;
    /** The longest replacement of one byte. */
    private static final int GROWTH = 6;

    private JsonText() {}

    /** Appends {@code length} bytes, or those before the first NUL, of memory that does not belong to {@code out}. */
    static void append(Utf8Buffer out, MemorySegment from, long start, int length, boolean untilNul) {
        if (length <= 0) {
            return;
        }
        out.ensure((long) length + Long.BYTES);
        MemorySegment memory = out.memory();
        long to = out.length();
        int at = 0;
        while (at < length) {
            long word = Bytes.word(from, start + at, length - at);
            memory.set(Bytes.WORD, to, word);
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
            out.advanceTo(to);
            at = escapeOne(out, from, start, at, length);
            out.ensure((long) (length - at) + Long.BYTES);
            memory = out.memory();
            to = out.length();
        }
        out.advanceTo(to);
    }

    /** Escapes in place what {@code out} holds from {@code start} on. */
    static void escapeFrom(Utf8Buffer out, long start) {
        int length = (int) (out.length() - start);
        MemorySegment memory = out.memory();
        for (int i = 0; i < length; i += Long.BYTES) {
            long word = Bytes.word(memory, start + i, length - i);
            long special = special(word);
            if (special != 0 && i + (Long.numberOfTrailingZeros(special) >>> 3) < length) {
                rewrite(out, start, length);
                return;
            }
        }
    }

    /**
     * Moves the text far enough behind {@code start} that its escaped form, written from there, cannot reach what is still to be
     * read.
     */
    private static void rewrite(Utf8Buffer out, long start, int length) {
        long gap = (long) GROWTH * length + 2 * Long.BYTES;
        out.ensure(gap + length);
        MemorySegment memory = out.memory();
        MemorySegment.copy(memory, start, memory, start + gap, length);
        out.advanceTo(start);
        append(out, memory, start + gap, length, false);
    }

    /** Marks the highest bit of bytes that cannot be copied; the lowest mark is exact, later ones need not be. */
    private static long special(long word) {
        long quotes = word ^ QUOTES;
        long backslashes = word ^ BACKSLASHES;
        long controls = (word - SPACES) & ~word;
        long found = controls | ((quotes - Bytes.ONES) & ~quotes) | ((backslashes - Bytes.ONES) & ~backslashes) | word;
        return found & Bytes.HIGHS;
    }

    /** Appends what stands for the byte or character at {@code at}; returns where the next one starts. */
    private static int escapeOne(Utf8Buffer out, MemorySegment from, long start, int at, int length) {
        int value = from.get(ValueLayout.JAVA_BYTE, start + at) & 0xff;
        if (value < 0x80) {
            escapeAscii(out, value);
            return at + 1;
        }
        int bytes = Utf8.sequenceLength(from, start + at, length - at);
        if (bytes == 0) {
            out.append('\\');
            out.append('u');
            out.appendHex(0xfffd, 4);
            return at + 1;
        }
        int codePoint = bytes == 3 ? Utf8.decode(from, start + at, bytes) : 0;
        if (codePoint == 0x2028 || codePoint == 0x2029) {
            out.append('\\');
            out.append('u');
            out.appendHex(codePoint, 4);
        } else {
            out.append(from, start + at, bytes);
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
                out.appendHex(value, 4);
            }
        }
    }
}

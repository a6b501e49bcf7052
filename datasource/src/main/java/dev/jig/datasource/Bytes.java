// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads of raw memory, eight bytes at a time where possible. */
final class Bytes {
    /** Eight bytes of which the first is the lowest. */
    static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static final long ONES = 0x0101_0101_0101_0101L;
    static final long HIGHS = 0x8080_8080_8080_8080L;

    private Bytes() {}

    /** Bytes before the first NUL, or all {@code length}. */
    static int lengthUntilNul(MemorySegment segment, long start, int length) {
        for (int i = 0; i < length; i += Long.BYTES) {
            long word = word(segment, start + i, length - i);
            long zero = (word - ONES) & ~word & HIGHS;
            if (zero != 0) {
                return Math.min(length, i + (Long.numberOfTrailingZeros(zero) >>> 3));
            }
        }
        return length;
    }

    /** Eight bytes from {@code at}; those from {@code available} on are zero and need not exist. */
    static long word(MemorySegment segment, long at, int available) {
        if (available >= Long.BYTES) {
            return segment.get(WORD, at);
        }
        if (segment.byteSize() - at >= Long.BYTES) {
            return segment.get(WORD, at) & ~(-1L << (available << 3));
        }
        long word = 0;
        for (int i = available - 1; i >= 0; i--) {
            word = (word << 8) | (segment.get(ValueLayout.JAVA_BYTE, at + i) & 0xff);
        }
        return word;
    }

    /** A number in native order of which only the first {@code available} of {@code width} bytes exist. */
    static long nativeNumber(MemorySegment segment, long at, int available, int width) {
        long word = available == 0 ? 0 : word(segment, at, available);
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? word
                : Long.reverseBytes(word) >>> (Long.SIZE - width * Byte.SIZE);
    }
}

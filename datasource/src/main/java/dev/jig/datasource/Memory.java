// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Reads and writes of native memory by address. Events are read and written through here alone, and only between bounds that the
 * caller has checked: the checks of a segment per access would cost more than all the formatting. Words have their first byte
 * lowest, whatever the machine's order is.
 */
final class Memory {
    static final long ONES = 0x0101_0101_0101_0101L;
    static final long HIGHS = 0x8080_8080_8080_8080L;

    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    /** Where possible the same object as {@link #LONG}: each layout costs time when it is first used. */
    private static final ValueLayout.OfLong WORD =
            ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? LONG : LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long OFFSET_IN_PAGE = 0xfff;
    private static final long LAST_WHOLE_WORD = OFFSET_IN_PAGE + 1 - Long.BYTES;
    /** Up to here words are faster than a bulk copy. */
    private static final int SHORT_COPY = 64;

    private Memory() {}

    static byte getByte(long address) {
        return ALL.get(BYTE, address);
    }

    static short getShort(long address) {
        return ALL.get(SHORT, address);
    }

    static int getInt(long address) {
        return ALL.get(INT, address);
    }

    static long getLong(long address) {
        return ALL.get(LONG, address);
    }

    static void putByte(long address, byte value) {
        ALL.set(BYTE, address, value);
    }

    /** Stores the lowest {@code width} (1, 2, 4 or 8) bytes of a number in native or in swapped order. */
    static void putNumber(long address, long value, int width, boolean swapped) {
        switch (width) {
            case 1 -> putByte(address, (byte) value);
            case 2 -> ALL.set(SHORT, address, swapped ? Short.reverseBytes((short) value) : (short) value);
            case 4 -> ALL.set(INT, address, swapped ? Integer.reverseBytes((int) value) : (int) value);
            case 8 -> ALL.set(LONG, address, swapped ? Long.reverseBytes(value) : value);
            default -> throw new IllegalArgumentException("no number has " + width + " bytes");
        }
    }

    static void putWord(long address, long word) {
        ALL.set(WORD, address, word);
    }

    /**
     * The word at an address of which only the first {@code available} bytes (at least one) count; the others are zero. They may
     * be loaded, but only where they share a page with a byte that exists.
     */
    static long word(long address, int available) {
        if (available >= Long.BYTES) {
            return ALL.get(WORD, address);
        }
        if ((address & OFFSET_IN_PAGE) <= LAST_WHOLE_WORD) {
            return ALL.get(WORD, address) & ~(-1L << (available << 3));
        }
        return assemble(address, available);
    }

    private static long assemble(long address, int available) {
        long word = 0;
        for (int i = available - 1; i >= 0; i--) {
            word = (word << 8) | (getByte(address + i) & 0xff);
        }
        return word;
    }

    /** A number in native order of which only the first {@code available} of {@code width} bytes exist. */
    static long partialNumber(long address, int available, int width) {
        long word = available == 0 ? 0 : word(address, available);
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? word
                : Long.reverseBytes(word) >>> (Long.SIZE - width * Byte.SIZE);
    }

    /** Whether two ranges hold the same bytes. */
    static boolean areEqual(long a, long b, int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (ALL.get(LONG, a + i) != ALL.get(LONG, b + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (getByte(a + i) != getByte(b + i)) {
                return false;
            }
        }
        return true;
    }

    /** The order of two ranges by their bytes as unsigned numbers: negative, zero or positive. */
    static int compare(long a, int aLength, long b, int bLength) {
        int common = Math.min(aLength, bLength);
        int i = 0;
        while (i + Long.BYTES <= common && ALL.get(LONG, a + i) == ALL.get(LONG, b + i)) {
            i += Long.BYTES;
        }
        for (; i < common; i++) {
            int difference = (getByte(a + i) & 0xff) - (getByte(b + i) & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return aLength - bLength;
    }

    /** Bytes before the first NUL, or all {@code length}. */
    static int lengthUntilNul(long address, int length) {
        for (int i = 0; i < length; i += Long.BYTES) {
            long word = word(address + i, length - i);
            long zero = (word - ONES) & ~word & HIGHS;
            if (zero != 0) {
                return Math.min(length, i + (Long.numberOfTrailingZeros(zero) >>> 3));
            }
        }
        return length;
    }

    /** Copies bytes between ranges that do not overlap; up to seven bytes behind the target are overwritten as well. */
    static void copy(long from, long to, int length) {
        if (length > SHORT_COPY) {
            MemorySegment.copy(ALL, from, ALL, to, length);
            return;
        }
        for (int i = 0; i < length; i += Long.BYTES) {
            putWord(to + i, word(from + i, length - i));
        }
    }

    /** Copies bytes between ranges that may overlap, and nothing else. */
    static void copyExactly(long from, long to, long length) {
        MemorySegment.copy(ALL, from, ALL, to, length);
    }

    static void copyIn(byte[] from, long to) {
        MemorySegment.copy(from, 0, ALL, BYTE, to, from.length);
    }

    static void copyIn(MemorySegment from, long offset, long to, int length) {
        MemorySegment.copy(from, offset, ALL, to, length);
    }

    static byte[] copyOut(long from, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(ALL, BYTE, from, copy, 0, length);
        return copy;
    }

    static void copyOut(long from, byte[] target, int at, int length) {
        MemorySegment.copy(ALL, BYTE, from, target, at, length);
    }

    static void clear(long address, int length) {
        ALL.asSlice(address, length).fill((byte) 0);
    }
}

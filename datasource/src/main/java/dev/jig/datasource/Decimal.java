// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Decimal digits of numbers as words of eight ASCII characters, the first character lowest. */
final class Decimal {
    static final long ASCII_ZEROS = 0x3030_3030_3030_3030L;

    private static final int EIGHT_DIGITS = 100_000_000;
    private static final long SEVEN_BITS_TWICE = (0x7fL << 32) | 0x7f;
    private static final long FOUR_BITS_FOUR_TIMES = 0x000f_000f_000f_000fL;

    private Decimal() {}

    /** Stores the decimal form of an unsigned number at an address with room for 24 bytes; returns the address behind it. */
    static long write(long value, long to) {
        if (value >= 0 && value < 10) {
            Memory.putByte(to, (byte) ('0' + value));
            return to + 1;
        }
        if (value >= 0 && value < EIGHT_DIGITS) {
            return writeSmall((int) value, to);
        }
        return writeLarge(value, to);
    }

    /** Stores the decimal form of a signed number at an address with room for 24 bytes; returns the address behind it. */
    static long writeSigned(long value, long to) {
        if (value >= 0) {
            return write(value, to);
        }
        Memory.putByte(to, (byte) '-');
        return write(-value, to + 1);
    }

    private static long writeSmall(int value, long to) {
        long digits = digits(value);
        // The highest bit keeps one digit of zero.
        int leadingZeros = Long.numberOfTrailingZeros(digits | Long.MIN_VALUE) >>> 3;
        Memory.putWord(to, (digits + ASCII_ZEROS) >>> (leadingZeros << 3));
        return to + Long.BYTES - leadingZeros;
    }

    private static long writeLarge(long value, long to) {
        // A signed division by a constant is a multiplication, an unsigned one is not.
        long upper = value >= 0 ? value / EIGHT_DIGITS : Long.divideUnsigned(value, EIGHT_DIGITS);
        long behind;
        if (upper < EIGHT_DIGITS) {
            behind = writeSmall((int) upper, to);
        } else {
            long top = upper / EIGHT_DIGITS;
            behind = writeSmall((int) top, to);
            Memory.putWord(behind, digits((int) (upper - top * EIGHT_DIGITS)) + ASCII_ZEROS);
            behind += Long.BYTES;
        }
        Memory.putWord(behind, digits((int) (value - upper * EIGHT_DIGITS)) + ASCII_ZEROS);
        return behind + Long.BYTES;
    }

    /**
     * The eight decimal digits of a number below 10⁸, one in each byte, highest digit in the lowest byte. All digits are found
     * at once by multiplying with scaled reciprocals: 10486/2²⁰ for 1/100 and 103/2¹⁰ for 1/10, exact for the values that occur.
     */
    static long digits(int number) {
        long upper = number / 10_000;
        long pairs = upper | ((number - upper * 10_000) << 32);
        long hundreds = ((pairs * 10_486) >>> 20) & SEVEN_BITS_TWICE;
        long twos = ((pairs - 100 * hundreds) << 16) | hundreds;
        long tens = ((twos * 103) >>> 10) & FOUR_BITS_FOUR_TIMES;
        return tens + ((twos - 10 * tens) << 8);
    }
}

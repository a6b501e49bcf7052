// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Decimal digits of numbers as words of eight ASCII characters, the first character lowest. */
final class Decimal {
    static final int EIGHT_DIGITS = 100_000_000;
    static final long ASCII_ZEROS = 0x3030_3030_3030_3030L;

    private static final long SEVEN_BITS_TWICE = (0x7fL << 32) | 0x7f;
    private static final long FOUR_BITS_FOUR_TIMES = 0x000f_000f_000f_000fL;

    private Decimal() {}

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

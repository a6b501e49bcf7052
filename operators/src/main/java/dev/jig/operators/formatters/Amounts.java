// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Utf8Buffer;

/** Sizes and durations in units that people read. */
final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int THOUSAND = 1000;
    private static final int EIGHT_DIGITS = 100_000_000;
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Amounts() {}

    /** Bytes in decimal units: one decimal below ten, rounded half up. */
    static void writeBytes(long bytes, Utf8Buffer out) {
        if (Long.compareUnsigned(bytes, 10) < 0) {
            out.appendUnsigned(bytes);
            out.append(" B");
            return;
        }
        double scaled = unsignedDouble(bytes);
        int unit = 0;
        while (scaled >= THOUSAND && unit < UNITS.length - 1) {
            scaled /= THOUSAND;
            unit++;
        }
        long tenths = (long) Math.floor(scaled * 10 + 0.5);
        if (tenths < 100) {
            out.appendLong(tenths / 10);
            out.append('.');
            out.appendLong(tenths % 10);
        } else {
            out.appendLong((long) Math.floor(tenths / 10.0 + 0.5 - (tenths % 10 < 5 ? 0.5 : 0)));
        }
        out.append(' ');
        out.append(UNITS[unit]);
    }

    private static double unsignedDouble(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0 + (value & 1);
    }

    /** Nanoseconds: below a second with two decimals, above as hours, minutes and seconds. */
    static void writeDuration(long nanoseconds, Utf8Buffer out) {
        if (nanoseconds >= 0 && nanoseconds < MICROSECOND) {
            out.appendLong(nanoseconds);
            out.append("ns");
        } else if (nanoseconds >= 0 && nanoseconds < MILLISECOND) {
            writeHundredths(nanoseconds, MICROSECOND, out);
            out.append("µs");
        } else if (nanoseconds >= 0 && nanoseconds < SECOND) {
            writeHundredths(nanoseconds, MILLISECOND, out);
            out.append("ms");
        } else {
            writeLong(nanoseconds, out);
        }
    }

    private static void writeHundredths(long value, long unit, Utf8Buffer out) {
        long hundredths = Math.round(value * 100.0 / unit);
        out.appendLong(hundredths / 100);
        out.append('.');
        out.appendPadded((int) (hundredths % 100), 2);
    }

    private static void writeLong(long nanoseconds, Utf8Buffer out) {
        long hours = Long.divideUnsigned(nanoseconds, HOUR);
        long rest = Long.remainderUnsigned(nanoseconds, HOUR);
        if (hours > 0) {
            out.appendLong(hours);
            out.append('h');
        }
        if (hours > 0 || rest >= MINUTE) {
            out.appendLong(rest / MINUTE);
            out.append('m');
        }
        long seconds = rest % MINUTE;
        out.appendLong(seconds / SECOND);
        writeFraction((int) (seconds % SECOND), out);
        out.append('s');
    }

    private static void writeFraction(int nanoseconds, Utf8Buffer out) {
        if (nanoseconds == 0) {
            return;
        }
        int digits = 9;
        int value = nanoseconds;
        while (value % 10 == 0) {
            value /= 10;
            digits--;
        }
        out.append('.');
        if (digits == 9) {
            out.append((char) ('0' + value / EIGHT_DIGITS));
            out.appendPadded(value % EIGHT_DIGITS, 8);
        } else {
            out.appendPadded(value, digits);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Utf8Buffer;
import dev.jig.datasource.Utf8Literal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Writes RFC 3339 times with nine decimals; everything but the decimals is made once a second. */
final class TimestampText {
    private static final long SECOND = 1_000_000_000L;
    private static final int EIGHT_DIGITS = 100_000_000;

    private final ZoneId zone;
    private long second = Long.MIN_VALUE;
    private Utf8Literal beforeDecimals = Utf8Literal.EMPTY;
    private Utf8Literal afterDecimals = Utf8Literal.EMPTY;

    TimestampText(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param nanoseconds since the Unix epoch
     */
    void write(long nanoseconds, Utf8Buffer out) {
        long newSecond = Math.floorDiv(nanoseconds, SECOND);
        if (newSecond != second) {
            prepare(newSecond);
        }
        out.append(beforeDecimals);
        int decimals = (int) Math.floorMod(nanoseconds, SECOND);
        out.append((char) ('0' + decimals / EIGHT_DIGITS));
        out.appendPadded(decimals % EIGHT_DIGITS, 8);
        out.append(afterDecimals);
    }

    private void prepare(long newSecond) {
        ZonedDateTime time = Instant.ofEpochSecond(newSecond).atZone(zone);
        try (Utf8Buffer buffer = new Utf8Buffer(64)) {
            buffer.appendPadded(time.getYear(), 4);
            appendPart(buffer, '-', time.getMonthValue());
            appendPart(buffer, '-', time.getDayOfMonth());
            appendPart(buffer, 'T', time.getHour());
            appendPart(buffer, ':', time.getMinute());
            appendPart(buffer, ':', time.getSecond());
            buffer.append('.');
            beforeDecimals = Utf8Literal.of(buffer);
        }
        ZoneOffset offset = time.getOffset();
        afterDecimals = Utf8Literal.of(offset.getTotalSeconds() == 0 ? "Z" : offset.getId());
        second = newSecond;
    }

    private static void appendPart(Utf8Buffer buffer, char separator, int value) {
        buffer.append(separator);
        buffer.appendPadded(value, 2);
    }
}

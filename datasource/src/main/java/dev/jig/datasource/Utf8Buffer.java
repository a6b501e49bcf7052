// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * A growing output buffer of UTF-8 bytes in native memory that this object owns and {@link #close()} frees. Nothing is allocated
 * on the Java heap by appending numbers, literals or memory. Not thread-safe.
 */
public final class Utf8Buffer implements AutoCloseable {
    /** Room behind the end: whole words may be stored where fewer bytes count. */
    private static final int SLACK = 32;

    private static final long LARGEST = 1L << 31;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBER = 24;

    private Arena arena = Arena.global();
    private MemorySegment memory = MemorySegment.NULL;
    private long capacity;
    private long position;

    /** Creates a buffer; memory for {@code capacity} bytes is taken now, none if that is 0. */
    public Utf8Buffer(int capacity) {
        if (capacity > 0) {
            grow(capacity);
        }
    }

    /** Bytes written since the last {@link #clear()}. */
    public long length() {
        return position;
    }

    /** Forgets all bytes and keeps the memory. */
    public void clear() {
        position = 0;
    }

    /** Forgets the bytes from {@code length} on. */
    public void truncate(long length) {
        if (length < 0 || length > position) {
            throw new DataSourceException("cannot cut " + position + " bytes of output at " + length);
        }
        position = length;
    }

    /** The written bytes; valid until the next append or clear. */
    public MemorySegment segment() {
        return memory.asSlice(0, position);
    }

    /** Makes room for {@code extra} bytes. */
    public void ensure(long extra) {
        if (extra > capacity - position) {
            grow(extra);
        }
    }

    /** Appends one byte. */
    public void append(byte value) {
        ensure(1);
        memory.set(ValueLayout.JAVA_BYTE, position++, value);
    }

    /** Appends one ASCII character. */
    public void append(char ascii) {
        append((byte) ascii);
    }

    /** Appends ready bytes. */
    public void append(Utf8Literal literal) {
        int length = literal.length();
        ensure(length);
        long[] words = literal.words();
        long at = position;
        for (int i = 0; i < words.length; i++) {
            memory.set(Bytes.WORD, at + ((long) i << 3), words[i]);
        }
        position = at + length;
    }

    /** Appends the UTF-8 form of a string. */
    public void append(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                append(text.substring(i).getBytes(StandardCharsets.UTF_8));
                return;
            }
            memory.set(ValueLayout.JAVA_BYTE, position++, (byte) c);
        }
    }

    /** Appends bytes. */
    public void append(byte[] bytes) {
        ensure(bytes.length);
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, position, bytes.length);
        position += bytes.length;
    }

    /** Appends what another buffer holds. */
    public void append(Utf8Buffer other) {
        append(other.memory, 0, (int) other.position);
    }

    /** Appends {@code length} bytes of memory that does not belong to this buffer. */
    public void append(MemorySegment from, long start, int length) {
        ensure(length);
        long at = position;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            memory.set(Bytes.WORD, at + i, from.get(Bytes.WORD, start + i));
        }
        if (i < length) {
            memory.set(Bytes.WORD, at + i, Bytes.word(from, start + i, length - i));
        }
        position = at + length;
    }

    /** Appends {@code count} times the same ASCII character; nothing when the count is negative. */
    public void repeat(char ascii, int count) {
        ensure(Math.max(0, count));
        long word = ascii * Bytes.ONES;
        for (int i = 0; i < count; i += Long.BYTES) {
            memory.set(Bytes.WORD, position + i, word);
        }
        position += Math.max(0, count);
    }

    /** Appends the decimal form of a signed number. */
    public void appendLong(long value) {
        if (value < 0) {
            append('-');
            appendUnsigned(-value);
        } else {
            appendUnsigned(value);
        }
    }

    /** Appends the decimal form of an unsigned 64-bit number. */
    public void appendUnsigned(long value) {
        ensure(LONGEST_NUMBER);
        if (value >= 0 && value < Decimal.EIGHT_DIGITS) {
            appendSmall((int) value);
        } else {
            appendLarge(value);
        }
    }

    /** Appends exactly {@code digits} (1 to 8) decimal digits of a number below 10⁸, with leading zeros. */
    public void appendPadded(int value, int digits) {
        ensure(LONGEST_NUMBER);
        long word = Decimal.digits(value) + Decimal.ASCII_ZEROS;
        memory.set(Bytes.WORD, position, word >>> ((Long.BYTES - digits) << 3));
        position += digits;
    }

    private void appendSmall(int value) {
        long digits = Decimal.digits(value);
        int leadingZeros = value == 0 ? Long.BYTES - 1 : Long.numberOfTrailingZeros(digits) >>> 3;
        memory.set(Bytes.WORD, position, (digits + Decimal.ASCII_ZEROS) >>> (leadingZeros << 3));
        position += Long.BYTES - leadingZeros;
    }

    private void appendLarge(long value) {
        long upper = Long.divideUnsigned(value, Decimal.EIGHT_DIGITS);
        int lower = (int) (value - upper * Decimal.EIGHT_DIGITS);
        if (upper < Decimal.EIGHT_DIGITS) {
            appendSmall((int) upper);
        } else {
            long top = upper / Decimal.EIGHT_DIGITS;
            appendSmall((int) top);
            appendEight((int) (upper - top * Decimal.EIGHT_DIGITS));
        }
        appendEight(lower);
    }

    private void appendEight(int value) {
        memory.set(Bytes.WORD, position, Decimal.digits(value) + Decimal.ASCII_ZEROS);
        position += Long.BYTES;
    }

    /** Appends an unsigned number in lower-case hexadecimal digits without leading zeros. */
    public void appendHex(long value) {
        int digits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 3) >>> 2);
        appendHex(value, digits);
    }

    /** Appends exactly {@code digits} lower-case hexadecimal digits of a number. */
    public void appendHex(long value, int digits) {
        ensure(digits);
        for (int i = digits - 1; i >= 0; i--) {
            memory.set(ValueLayout.JAVA_BYTE, position++, HEX[(int) (value >>> (i << 2)) & 15]);
        }
    }

    /** Appends memory as lower-case hexadecimal digits, two for each byte. */
    public void appendHex(MemorySegment from, long start, int length) {
        ensure(2L * length);
        for (int i = 0; i < length; i++) {
            appendHex(from.get(ValueLayout.JAVA_BYTE, start + i), 2);
        }
    }

    /** Appends one code point; a surrogate or a number that is none becomes U+FFFD. */
    public void appendCodePoint(int codePoint) {
        ensure(4);
        if (codePoint >= 0 && codePoint < 0x80) {
            append((byte) codePoint);
        } else if (codePoint >= 0 && codePoint < 0x800) {
            append((byte) (0xc0 | (codePoint >>> 6)));
            append((byte) (0x80 | (codePoint & 0x3f)));
        } else if (!Character.isValidCodePoint(codePoint) || (codePoint >= 0xd800 && codePoint < 0xe000)) {
            appendCodePoint(0xfffd);
        } else if (codePoint < 0x10000) {
            append((byte) (0xe0 | (codePoint >>> 12)));
            append((byte) (0x80 | ((codePoint >>> 6) & 0x3f)));
            append((byte) (0x80 | (codePoint & 0x3f)));
        } else {
            append((byte) (0xf0 | (codePoint >>> 18)));
            append((byte) (0x80 | ((codePoint >>> 12) & 0x3f)));
            append((byte) (0x80 | ((codePoint >>> 6) & 0x3f)));
            append((byte) (0x80 | (codePoint & 0x3f)));
        }
    }

    /** A copy of the written bytes. */
    public byte[] toByteArray() {
        byte[] copy = new byte[Math.toIntExact(position)];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, copy, 0, copy.length);
        return copy;
    }

    /** The written bytes as a string; invalid UTF-8 becomes U+FFFD. */
    @Override
    public String toString() {
        return new String(toByteArray(), StandardCharsets.UTF_8);
    }

    MemorySegment memory() {
        return memory;
    }

    /** Moves the end after bytes were stored directly behind it, within what {@link #ensure} made room for. */
    void advanceTo(long length) {
        position = length;
    }

    private void grow(long extra) {
        long needed = position + extra;
        if (needed > LARGEST) {
            throw new DataSourceException("output of " + needed + " bytes exceeds the limit of " + LARGEST);
        }
        long larger = Math.max(Math.max(64, needed), Math.min(LARGEST, 2 * capacity));
        Arena next = Arena.ofShared();
        MemorySegment moved = next.allocate(larger + SLACK, Long.BYTES);
        MemorySegment.copy(memory, 0, moved, 0, position);
        free();
        arena = next;
        memory = moved;
        capacity = larger;
    }

    private void free() {
        if (capacity > 0) {
            arena.close();
        }
    }

    /** Frees the memory; a later append takes new memory. */
    @Override
    public void close() {
        free();
        memory = MemorySegment.NULL;
        capacity = 0;
        position = 0;
    }
}

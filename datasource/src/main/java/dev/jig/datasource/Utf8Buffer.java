// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * A growing output buffer of UTF-8 bytes in native memory that this object owns and {@link #close()} frees. Nothing is allocated
 * on the Java heap by appending numbers, literals or memory. Not thread-safe.
 */
public final class Utf8Buffer implements AutoCloseable {
    /** Room behind the end: whole words are stored where fewer bytes count. */
    private static final int SLACK = Utf8Literal.INLINE;

    private static final long SMALLEST = 64;
    private static final long LARGEST = Integer.MAX_VALUE;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBER = 24;
    private static final long NO_MEMORY = -1;

    private Arena arena = Arena.global();
    private MemorySegment memory = MemorySegment.NULL;
    private long start;
    private long end;
    /** Below zero as long as there is no memory, so that even an empty append takes some. */
    private long limit = NO_MEMORY;

    /** Creates a buffer; memory for {@code capacity} bytes is taken now, none if that is 0. */
    public Utf8Buffer(int capacity) {
        if (capacity > 0) {
            grow(capacity);
        }
    }

    /** Bytes written since the last {@link #clear()}. */
    public long length() {
        return end - start;
    }

    /** Forgets all bytes and keeps the memory. */
    public void clear() {
        end = start;
    }

    /** Forgets the bytes from {@code length} on. */
    public void truncate(long length) {
        if (length < 0 || length > length()) {
            throw new DataSourceException("cannot cut " + length() + " bytes of output at " + length);
        }
        end = start + length;
    }

    /** The written bytes; valid until the next append, clear or close. */
    public MemorySegment segment() {
        return memory.asSlice(0, length());
    }

    /** The address of the first byte; valid until the next append or close. */
    public long address() {
        return start;
    }

    /** Makes room for {@code extra} bytes. */
    public void ensure(long extra) {
        if (extra > limit - end) {
            grow(extra);
        }
    }

    /** Appends one byte. */
    public void append(byte value) {
        ensure(1);
        Memory.putByte(end++, value);
    }

    /** Appends one ASCII character. */
    public void append(char ascii) {
        append((byte) ascii);
    }

    /** Appends ready bytes. */
    public void append(Utf8Literal literal) {
        ensure(literal.length());
        end = literal.put(end);
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
            Memory.putByte(end++, (byte) c);
        }
    }

    /** Appends bytes. */
    public void append(byte[] bytes) {
        ensure(bytes.length);
        Memory.copyIn(bytes, end);
        end += bytes.length;
    }

    /** Appends what another buffer holds. */
    public void append(Utf8Buffer other) {
        append(other.start, Math.toIntExact(other.length()));
    }

    /** Appends a part of a memory segment. */
    public void append(MemorySegment from, long offset, int length) {
        ensure(length);
        Memory.copyIn(from, offset, end, length);
        end += length;
    }

    /** Appends bytes that do not belong to this buffer, for instance a record's window; all of them must be mapped. */
    public void append(long address, int length) {
        if (length < 0) {
            throw new DataSourceException("cannot append " + length + " bytes");
        }
        ensure(length);
        Memory.copy(address, end, length);
        end += length;
    }

    /** Appends {@code count} times the same ASCII character; nothing when the count is negative. */
    public void repeat(char ascii, int count) {
        if (count <= 0) {
            return;
        }
        ensure(count);
        long word = ascii * Memory.ONES;
        for (int i = 0; i < count; i += Long.BYTES) {
            Memory.putWord(end + i, word);
        }
        end += count;
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
        end = Decimal.write(value, end);
    }

    /** Appends exactly {@code digits} (1 to 8) decimal digits of a number below 10⁸, with leading zeros. */
    public void appendPadded(int value, int digits) {
        ensure(LONGEST_NUMBER);
        Memory.putWord(end, (Decimal.digits(value) + Decimal.ASCII_ZEROS) >>> ((Long.BYTES - digits) << 3));
        end += digits;
    }

    /** Appends an unsigned number in lower-case hexadecimal digits without leading zeros. */
    public void appendHex(long value) {
        appendPaddedHex(value, Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 3) >>> 2));
    }

    /** Appends exactly {@code digits} lower-case hexadecimal digits of a number. */
    public void appendPaddedHex(long value, int digits) {
        ensure(digits);
        for (int i = digits - 1; i >= 0; i--) {
            Memory.putByte(end++, HEX[(int) (value >>> (i << 2)) & 15]);
        }
    }

    /** Appends mapped memory as lower-case hexadecimal digits, two for each byte. */
    public void appendHexBytes(long address, int length) {
        ensure(2L * length);
        for (int i = 0; i < length; i++) {
            int value = Memory.getByte(address + i);
            Memory.putByte(end++, HEX[(value >>> 4) & 15]);
            Memory.putByte(end++, HEX[value & 15]);
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
        return Memory.copyOut(start, Math.toIntExact(length()));
    }

    /** The written bytes as a string; invalid UTF-8 becomes U+FFFD. */
    @Override
    public String toString() {
        return new String(toByteArray(), StandardCharsets.UTF_8);
    }

    /** The address behind the last byte. */
    long end() {
        return end;
    }

    /** Moves the end after bytes were stored there, within what {@link #ensure} made room for. */
    void setEnd(long address) {
        end = address;
    }

    private void grow(long extra) {
        long used = length();
        long needed = used + extra;
        if (needed > LARGEST) {
            throw new DataSourceException("output of " + needed + " bytes exceeds the limit of " + LARGEST);
        }
        long larger = Math.max(Math.max(SMALLEST, needed), Math.min(LARGEST, 2 * (limit - start)));
        Arena next = Arena.ofShared();
        MemorySegment moved = next.allocate(larger + SLACK, Long.BYTES);
        Memory.copyExactly(start, moved.address(), used);
        free();
        arena = next;
        memory = moved;
        start = moved.address();
        end = start + used;
        limit = start + larger;
    }

    private void free() {
        if (limit != NO_MEMORY) {
            arena.close();
        }
    }

    /** Frees the memory; a later append takes new memory. */
    @Override
    public void close() {
        free();
        memory = MemorySegment.NULL;
        start = 0;
        end = 0;
        limit = NO_MEMORY;
    }
}

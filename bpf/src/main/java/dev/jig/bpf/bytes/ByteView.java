// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.bytes;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A read-only window on untrusted bytes with a byte order and a name. Offsets are {@code long} and relative to the window, so that sums of two
 * unsigned 32-bit numbers from a file cannot wrap; an access outside fails with the window's name, the offset and the limit.
 *
 * <p>The view does not own the memory: it lives as long as the segment or array it was made from.
 */
public final class ByteView {
    private final String name;
    private final ByteBuffer buffer;
    private final Failure failure;

    private ByteView(String name, ByteBuffer buffer, Failure failure) {
        this.name = requireNonNull(name, "name");
        this.buffer = buffer;
        this.failure = requireNonNull(failure, "failure");
    }

    /** A view of the whole segment, which must be smaller than 2 GiB. */
    public static ByteView of(String name, MemorySegment segment, ByteOrder order, Failure failure) {
        if (segment.byteSize() > Integer.MAX_VALUE) {
            throw failure.because(name + ": " + segment.byteSize() + " bytes are more than the 2 GiB that can be read");
        }
        return new ByteView(name, segment.asByteBuffer().asReadOnlyBuffer().order(order), failure);
    }

    /** A view of the whole array, which must not change while the view is used. */
    public static ByteView of(String name, byte[] bytes, ByteOrder order, Failure failure) {
        return new ByteView(name, ByteBuffer.wrap(bytes).order(order), failure);
    }

    /** A view of the buffer's bytes up to its limit, in its byte order. */
    public static ByteView of(String name, ByteBuffer buffer, Failure failure) {
        return new ByteView(name, buffer.slice(0, buffer.limit()).order(buffer.order()), failure);
    }

    /** What these bytes are, for messages. */
    public String name() {
        return name;
    }

    /** Number of bytes. */
    public int size() {
        return buffer.limit();
    }

    /** The order in which numbers are read. */
    public ByteOrder order() {
        return buffer.order();
    }

    /** The same bytes read in another order. */
    public ByteView withOrder(ByteOrder order) {
        return new ByteView(name, buffer.duplicate().order(order), failure);
    }

    /** Unsigned 8-bit number at {@code offset}. */
    public int u8(long offset) {
        return buffer.get(checked(offset, 1)) & 0xff;
    }

    /** Unsigned 16-bit number at {@code offset}. */
    public int u16(long offset) {
        return buffer.getShort(checked(offset, 2)) & 0xffff;
    }

    /** Signed 32-bit number at {@code offset}. */
    public int s32(long offset) {
        return buffer.getInt(checked(offset, 4));
    }

    /** Unsigned 32-bit number at {@code offset}. */
    public long u32(long offset) {
        return buffer.getInt(checked(offset, 4)) & 0xffff_ffffL;
    }

    /** 64-bit number at {@code offset}. */
    public long s64(long offset) {
        return buffer.getLong(checked(offset, 8));
    }

    /** A window of {@code length} bytes from {@code offset}, under its own name. */
    public ByteView slice(String sliceName, long offset, long length) {
        if (offset < 0 || length < 0 || offset > size() || length > size() - offset) {
            throw failure.because(sliceName + ": offset " + Long.toUnsignedString(offset) + " and length "
                    + Long.toUnsignedString(length) + " exceed the " + size() + " bytes of " + name);
        }
        return new ByteView(sliceName, buffer.slice((int) offset, (int) length).order(buffer.order()), failure);
    }

    /** A copy of all bytes. */
    public byte[] toByteArray() {
        return toByteArray(0, size());
    }

    /** A copy of {@code length} bytes from {@code offset}. */
    public byte[] toByteArray(long offset, int length) {
        byte[] bytes = new byte[length];
        if (length > 0) {
            buffer.get(checked(offset, length), bytes);
        }
        return bytes;
    }

    /** Length of the NUL-terminated string at {@code offset}, without the NUL; fails if none ends it. */
    public int stringLength(long offset) {
        int start = checked(offset, 1);
        int limit = buffer.limit();
        for (int i = start; i < limit; i++) {
            if (buffer.get(i) == 0) {
                return i - start;
            }
        }
        throw failure.because(name + ": string at offset " + offset + " is not terminated");
    }

    /** The NUL-terminated UTF-8 string at {@code offset}. */
    public String string(long offset) {
        int length = stringLength(offset);
        return length == 0 ? "" : new String(toByteArray(offset, length), StandardCharsets.UTF_8);
    }

    /** Whether the NUL-terminated string at {@code offset} is exactly {@code expected}; makes no garbage. */
    public boolean stringEquals(long offset, byte[] expected) {
        return stringStartsWith(offset, expected) && buffer.get((int) offset + expected.length) == 0;
    }

    /** Whether the NUL-terminated string at {@code offset} starts with {@code prefix}; makes no garbage. */
    public boolean stringStartsWith(long offset, byte[] prefix) {
        int start = checked(offset, 1);
        if (prefix.length >= buffer.limit() - start) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (buffer.get(start + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private int checked(long offset, int width) {
        if (offset < 0 || offset > buffer.limit() - (long) width) {
            throw failure.because(name + ": offset " + Long.toUnsignedString(offset) + " plus " + width
                    + " bytes exceeds its size of " + buffer.limit());
        }
        return (int) offset;
    }
}

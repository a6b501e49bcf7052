// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Ready bytes that are appended often: kept as words, so that appending a short one is two or four stores. Immutable. A literal has
 * a copy of its bytes in native memory, which the garbage collector frees with it, once it is longer than
 * {@value #INLINE} bytes or somebody reads it by address.
 */
public final class Utf8Literal {
    /** No bytes. */
    public static final Utf8Literal EMPTY = new Utf8Literal(new byte[0]);

    static final int INLINE = 32;

    private final int length;
    private final long word0;
    private final long word1;
    private final long word2;
    private final long word3;
    private final byte[] bytes;
    private MemorySegment memory = MemorySegment.NULL;
    private @Nullable Utf8Literal json;

    private Utf8Literal(byte[] bytes) {
        this.bytes = bytes;
        this.length = bytes.length;
        this.word0 = word(0);
        this.word1 = word(8);
        this.word2 = word(16);
        this.word3 = word(24);
    }

    private long word(int start) {
        long word = 0;
        for (int i = Math.min(start + Long.BYTES, length) - 1; i >= start; i--) {
            word = (word << 8) | (bytes[i] & 0xff);
        }
        return word;
    }

    /** The UTF-8 form of {@code text}. */
    public static Utf8Literal of(String text) {
        return text.isEmpty() ? EMPTY : new Utf8Literal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of {@code bytes}. */
    public static Utf8Literal of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Utf8Literal(bytes.clone());
    }

    /** A copy of what a buffer holds. */
    public static Utf8Literal of(Utf8Buffer buffer) {
        return buffer.length() == 0 ? EMPTY : new Utf8Literal(buffer.toByteArray());
    }

    /** How many bytes. */
    public int length() {
        return length;
    }

    /** Stores the bytes at an address with room for them and {@value #INLINE} more; returns the address behind them. */
    long put(long to) {
        if (length <= INLINE) {
            Memory.putWord(to, word0);
            Memory.putWord(to + 8, word1);
            if (length > INLINE / 2) {
                Memory.putWord(to + 16, word2);
                Memory.putWord(to + 24, word3);
            }
        } else {
            Memory.copy(address(), to, length);
        }
        return to + length;
    }

    /** The native copy of the bytes, valid as long as this object is reachable. */
    long address() {
        if (memory.byteSize() == 0) {
            MemorySegment copy = Arena.ofAuto().allocate(length + 1L);
            Memory.copyIn(bytes, copy.address());
            memory = copy;
        }
        return memory.address();
    }

    /** The bytes escaped as the inside of a JSON string; this object itself if nothing needs it. */
    Utf8Literal json() {
        Utf8Literal known = json;
        if (known == null) {
            known = escaped();
            json = known;
        }
        return known;
    }

    private Utf8Literal escaped() {
        if (isPlain()) {
            return this;
        }
        try (Utf8Buffer out = new Utf8Buffer(length + Long.BYTES)) {
            JsonText.append(out, address(), length, false);
            return out.length() == length ? this : of(out);
        }
    }

    private boolean isPlain() {
        for (byte value : bytes) {
            if (value < 0x20 || value == '"' || value == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes are the same as those at an address. */
    boolean matches(long address, int otherLength) {
        if (otherLength != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (Memory.getByte(address + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Utf8Literal literal && Arrays.equals(bytes, literal.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ready bytes that are appended often: kept as whole words, so that appending is a few stores. Immutable. */
public final class Utf8Literal {
    /** No bytes. */
    public static final Utf8Literal EMPTY = new Utf8Literal(new byte[0]);

    private final byte[] bytes;
    private final long[] words;

    private Utf8Literal(byte[] bytes) {
        this.bytes = bytes;
        this.words = new long[(bytes.length + Long.BYTES - 1) / Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            words[i >>> 3] |= (bytes[i] & 0xffL) << ((i & 7) << 3);
        }
    }

    /** The UTF-8 form of {@code text}. */
    public static Utf8Literal of(String text) {
        return text.isEmpty() ? EMPTY : new Utf8Literal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of {@code bytes}. */
    public static Utf8Literal of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Utf8Literal(bytes.clone());
    }

    /** A copy of the buffer's bytes. */
    public static Utf8Literal of(Utf8Buffer buffer) {
        return buffer.length() == 0 ? EMPTY : new Utf8Literal(buffer.toByteArray());
    }

    /** How many bytes. */
    public int length() {
        return bytes.length;
    }

    /** Whether the bytes are the same as those of the memory. */
    public boolean matches(MemorySegment segment, long start, int length) {
        if (length != bytes.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (segment.get(ValueLayout.JAVA_BYTE, start + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    MemorySegment segment() {
        return MemorySegment.ofArray(bytes).asReadOnly();
    }

    long[] words() {
        return words;
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

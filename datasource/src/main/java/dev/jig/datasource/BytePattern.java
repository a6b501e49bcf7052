// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.nio.charset.StandardCharsets;

/** Bytes that values are compared with, kept as words. A pattern with a NUL is never part of a text that ends at one. Immutable. */
public final class BytePattern {
    private final byte[] bytes;
    /** First byte lowest; of the last one, bytes behind the end are zero. */
    private final long[] words;

    private final boolean terminable;

    private BytePattern(byte[] bytes) {
        this.bytes = bytes;
        this.words = new long[(bytes.length + Long.BYTES - 1) / Long.BYTES];
        this.terminable = indexOfNul(bytes) < 0;
        for (int i = 0; i < bytes.length; i++) {
            words[i / Long.BYTES] |= (bytes[i] & 0xffL) << (i % Long.BYTES * Byte.SIZE);
        }
    }

    /** The UTF-8 form of a text. */
    public static BytePattern of(String text) {
        return new BytePattern(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many bytes. */
    public int length() {
        return bytes.length;
    }

    /** Whether it can be part of a text that ends at its first NUL. */
    public boolean isTerminable() {
        return terminable;
    }

    private static int indexOfNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Whether {@code available} bytes at an address begin with this pattern. */
    boolean isAt(long address, int available) {
        if (available < bytes.length) {
            return false;
        }
        int left = bytes.length;
        for (int i = 0; i < words.length; i++) {
            if (Memory.word(address + (long) i * Long.BYTES, left) != words[i]) {
                return false;
            }
            left -= Long.BYTES;
        }
        return true;
    }

    /** Whether this pattern is somewhere in {@code available} bytes at an address. */
    boolean isIn(long address, int available) {
        if (bytes.length == 0) {
            return true;
        }
        byte first = bytes[0];
        for (int i = 0; i <= available - bytes.length; i++) {
            if (Memory.getByte(address + i) == first && isAt(address + i, available - i)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel told this process at its start, {@code /proc/self/auxv}; see {@code getauxval(3)}. */
final class AuxiliaryVector {
    private static final long AT_PAGESZ = 6;
    private static final int DEFAULT_PAGE_SIZE = 4096;
    private static final long AT_CLKTCK = 17;
    private static final int DEFAULT_TICKS = 100;

    private AuxiliaryVector() {}

    /** Bytes in a page; 4096 where {@code /proc} cannot be read. */
    static int pageSize() {
        return find(read(), AT_PAGESZ, DEFAULT_PAGE_SIZE);
    }

    /** Ticks in a second of the clock in which {@code /proc} tells processor time; 100 where {@code /proc} cannot be read. */
    static int clockTicks() {
        return find(read(), AT_CLKTCK, DEFAULT_TICKS);
    }

    private static byte[] read() {
        try {
            return Files.readAllBytes(Path.of("/proc/self/auxv"));
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    /** The value of a pair of words, or what stands for it when it is missing. */
    static int find(byte[] vector, long wanted, int missing) {
        ByteBuffer pairs = ByteBuffer.wrap(vector).order(ByteOrder.nativeOrder());
        while (pairs.remaining() >= 2 * Long.BYTES) {
            long key = pairs.getLong();
            long value = pairs.getLong();
            if (key == wanted) {
                return Math.toIntExact(value);
            }
        }
        return missing;
    }
}

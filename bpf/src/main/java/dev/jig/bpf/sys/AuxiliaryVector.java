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

    private AuxiliaryVector() {}

    /** Bytes in a page; 4096 where {@code /proc} cannot be read. */
    static int pageSize() {
        try {
            return find(Files.readAllBytes(Path.of("/proc/self/auxv")));
        } catch (IOException unreadable) {
            return DEFAULT_PAGE_SIZE;
        }
    }

    static int find(byte[] vector) {
        ByteBuffer pairs = ByteBuffer.wrap(vector).order(ByteOrder.nativeOrder());
        while (pairs.remaining() >= 2 * Long.BYTES) {
            long key = pairs.getLong();
            long value = pairs.getLong();
            if (key == AT_PAGESZ) {
                return Math.toIntExact(value);
            }
        }
        return DEFAULT_PAGE_SIZE;
    }
}

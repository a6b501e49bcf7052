// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Libraries as {@code ldconfig} would list them: names and paths in turn. */
final class LibraryCaches {
    private LibraryCaches() {}

    static byte[] newFormat(String... words) {
        return write("glibc-ld.so.cache1.1", 20, 48, 24, true, words);
    }

    static byte[] oldFormat(String... words) {
        return write("ld.so-1.7.0", 12, 16, 12, false, words);
    }

    private static byte[] write(
            String magic, int countAt, int header, int entrySize, boolean fromStart, String... words) {
        ByteBuffer file = ByteBuffer.allocate(1 << 16).order(ByteOrder.nativeOrder());
        file.put(magic.getBytes(StandardCharsets.US_ASCII));
        int entries = words.length / 2;
        file.putInt(countAt, entries);
        int table = header + entries * entrySize;
        int end = table;
        for (int i = 0; i < words.length; i++) {
            file.putInt(header + i / 2 * entrySize + 4 + i % 2 * 4, fromStart ? end : end - table);
            byte[] text = words[i].getBytes(StandardCharsets.UTF_8);
            file.put(end, text);
            end += text.length + 1;
        }
        return Arrays.copyOf(file.array(), end);
    }
}

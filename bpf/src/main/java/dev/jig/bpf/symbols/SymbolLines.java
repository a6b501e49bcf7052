// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the lines of {@code /proc/kallsyms}, {@code ffffffff81000000 T _stext} with {@code [module]} behind a tabulator where there is one, without
 * making an object for any of them: there are hundreds of thousands. What is no such line is passed over.
 */
final class SymbolLines {
    private static final int BUFFER = 1 << 16;
    private static final int DIGIT_BITS = 4;

    private SymbolLines() {}

    /** Takes symbols. */
    interface Consumer {
        /**
         * Takes one symbol.
         *
         * @param bytes reused: the name is what stands from {@code start} to before {@code end}
         * @return whether to go on
         */
        boolean take(long address, byte[] bytes, int start, int end);
    }

    /** Hands on the symbols in their order, until there is no more or the consumer has enough. */
    static void read(InputStream in, Consumer consumer) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int filled = 0;
        int read = in.read(buffer, 0, BUFFER);
        while (read >= 0) {
            filled += read;
            int start = 0;
            for (int i = filled - read; i < filled; i++) {
                if (buffer[i] == '\n') {
                    if (!takeLine(buffer, start, i, consumer)) {
                        return;
                    }
                    start = i + 1;
                }
            }
            // A line that fills the whole buffer is none that the kernel wrote.
            filled = start == 0 && filled == BUFFER ? 0 : filled - start;
            System.arraycopy(buffer, start, buffer, 0, filled);
            read = in.read(buffer, filled, BUFFER - filled);
        }
        takeLine(buffer, 0, filled, consumer);
    }

    private static boolean takeLine(byte[] bytes, int start, int end, Consumer consumer) {
        long address = 0;
        int at = start;
        while (at < end && bytes[at] != ' ') {
            int digit = Character.digit(bytes[at], 1 << DIGIT_BITS);
            if (digit < 0 || at - start == Long.SIZE / DIGIT_BITS) {
                return true;
            }
            address = address << DIGIT_BITS | digit;
            at++;
        }
        int name = at + 3;
        if (at == start || name >= end || bytes[at + 2] != ' ') {
            return true;
        }
        int nameEnd = name;
        while (nameEnd < end && bytes[nameEnd] != '\t') {
            nameEnd++;
        }
        return nameEnd == name || consumer.take(address, bytes, name, nameEnd);
    }
}

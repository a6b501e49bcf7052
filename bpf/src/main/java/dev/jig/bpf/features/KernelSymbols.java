// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The kernel's symbols, {@code /proc/kallsyms}: looked through for each question, as questions are rare. */
public final class KernelSymbols {
    private final Path file;

    private KernelSymbols(Path file) {
        this.file = file;
    }

    /** The symbols of the running kernel. */
    public static KernelSymbols running() {
        return new KernelSymbols(Path.of("/proc/kallsyms"));
    }

    static KernelSymbols of(Path file) {
        return new KernelSymbols(file);
    }

    /**
     * The address of a symbol.
     *
     * @return nothing when there is none, or when the kernel hides addresses ({@code kernel.kptr_restrict})
     */
    public OptionalLong address(String symbol) {
        OptionalLong found = find(symbol);
        return found.isPresent() && found.getAsLong() == 0 ? OptionalLong.empty() : found;
    }

    private OptionalLong find(String symbol) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String line = reader.readLine();
            while (line != null) {
                if (isOf(line, symbol)) {
                    return OptionalLong.of(Long.parseUnsignedLong(line.substring(0, line.indexOf(' ')), 16));
                }
                line = reader.readLine();
            }
            return OptionalLong.empty();
        } catch (IOException | NumberFormatException unreadable) {
            return OptionalLong.empty();
        }
    }

    /** Lines are {@code ffffffff81000000 T _stext} with {@code [module]} behind a tabulator where there is one. */
    private static boolean isOf(String line, String symbol) {
        int start = line.indexOf(' ') + 3;
        if (start < 3 || !line.startsWith(symbol, start)) {
            return false;
        }
        int end = start + symbol.length();
        return end == line.length() || line.charAt(end) == '\t';
    }
}

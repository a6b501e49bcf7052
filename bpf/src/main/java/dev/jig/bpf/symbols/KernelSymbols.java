// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/** The kernel's symbols by name, {@code /proc/kallsyms}: looked through for each question, as questions are rare. */
public final class KernelSymbols {
    static final Path FILE = Path.of("/proc/kallsyms");

    private final Path file;

    private KernelSymbols(Path file) {
        this.file = file;
    }

    /** The symbols of the running kernel. */
    public static KernelSymbols running() {
        return new KernelSymbols(FILE);
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
        byte[] wanted = symbol.getBytes(StandardCharsets.UTF_8);
        long[] found = {0};
        try (InputStream in = Files.newInputStream(file)) {
            SymbolLines.read(in, (address, bytes, start, end) -> {
                boolean matches = Arrays.equals(bytes, start, end, wanted, 0, wanted.length);
                found[0] = matches ? address : 0;
                return !matches;
            });
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
        return found[0] == 0 ? OptionalLong.empty() : OptionalLong.of(found[0]);
    }
}

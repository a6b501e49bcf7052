// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.bytes.AddressOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All symbols of the kernel and its modules as they were when they were read, to find them by address. Kept as three arrays: about 35 bytes for each
 * symbol. Immutable.
 */
public final class KernelSymbolTable {
    private final long[] addresses;
    private final int[] nameOffsets;
    private final byte[] names;

    private KernelSymbolTable(SymbolCollector symbols) {
        this.addresses = symbols.addresses();
        this.nameOffsets = symbols.nameOffsets();
        this.names = symbols.names();
    }

    /**
     * Reads the symbols of the running kernel, which takes some 50 ms.
     *
     * @throws BpfException when there are none, or their addresses are hidden
     */
    public static KernelSymbolTable running() {
        return read(KernelSymbols.FILE);
    }

    static KernelSymbolTable read(Path file) {
        SymbolCollector symbols = new SymbolCollector();
        try (InputStream in = Files.newInputStream(file)) {
            SymbolLines.read(in, symbols);
        } catch (IOException unreadable) {
            throw new BpfException(
                    "the kernel's symbols cannot be read from " + file + " (CONFIG_KALLSYMS, permissions)", unreadable);
        }
        if (symbols.isEmpty()) {
            throw new BpfException("the kernel tells no addresses in " + file
                    + " (sysctl kernel.kptr_restrict, or CAP_SYSLOG is missing)");
        }
        symbols.sort();
        return new KernelSymbolTable(symbols);
    }

    /** How many symbols there are. */
    public int size() {
        return addresses.length;
    }

    /** The name of the last symbol at or below an address: the function that the address is in, if it is in one. */
    public Optional<String> nameOf(long address) {
        int index = AddressOrder.firstAbove(addresses, address) - 1;
        return index < 0 ? Optional.empty() : Optional.of(name(nameOffsets[index], lengthOf(nameOffsets[index])));
    }

    private int lengthOf(int start) {
        int end = start;
        while (names[end] != 0) {
            end++;
        }
        return end - start;
    }

    /**
     * The address of a function. The compiler may have changed it and added to its name ({@code .isra.0}, {@code .part.0}): then that is taken, and
     * its rarely used part ({@code .cold}) only if there is nothing else.
     */
    public OptionalLong address(String function) {
        byte[] wanted = function.getBytes(StandardCharsets.UTF_8);
        int best = -1;
        int bestRank = Integer.MAX_VALUE;
        for (int i = 0; i < addresses.length && bestRank > 0; i++) {
            int rank = rank(nameOffsets[i], wanted);
            if (rank < bestRank) {
                best = i;
                bestRank = rank;
            }
        }
        return best < 0 ? OptionalLong.empty() : OptionalLong.of(addresses[best]);
    }

    /** 0 for the name itself, more for one with an addition, the largest number for another name. */
    private int rank(int start, byte[] wanted) {
        int end = start + wanted.length;
        if (end >= names.length || !Arrays.equals(names, start, end, wanted, 0, wanted.length)) {
            return Integer.MAX_VALUE;
        }
        int length = lengthOf(start);
        if (length == wanted.length) {
            return 0;
        }
        if (names[end] != '.') {
            return Integer.MAX_VALUE;
        }
        return name(start, length).contains(".cold") ? 2 : 1;
    }

    private String name(int start, int length) {
        return new String(names, start, length, StandardCharsets.UTF_8);
    }

    /** The end of what begins at an address: where the next symbol is; nothing behind the last one. */
    public OptionalLong end(long address) {
        int next = AddressOrder.firstAbove(addresses, address);
        return next == addresses.length ? OptionalLong.empty() : OptionalLong.of(addresses[next]);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import dev.jig.bpf.bytes.AddressOrder;
import dev.jig.bpf.bytes.ByteView;
import dev.jig.bpf.elf.ElfException;
import dev.jig.bpf.elf.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions in the symbol tables of a program, by address. */
final class SymbolFunctions {
    private static final int MOST_FUNCTIONS = 1 << 21;
    private static final long MOST_SYMBOLS = 10_000_000;
    private static final int CHUNK = 4096;
    private static final int LONGEST_NAME = 512;
    /** Names that were read once stay, as the functions that use the most time are met again and again. */
    private static final int MOST_KEPT_NAMES = 8192;
    /** How many functions before an address are looked at for one that reaches to it. */
    private static final int MOST_OVERLAPS = 16;

    private static final int TYPE_INDIRECT_FUNCTION = 10;
    private static final int BINDING_GLOBAL = 1;
    /** Where a name is: offset in the names of a table, which table, and whether others see the symbol. */
    private static final int SECOND_TABLE = 1 << 31;

    private static final int GLOBAL = 1 << 30;
    private static final int OFFSET = GLOBAL - 1;

    private final ExecutableFile file;
    private final List<ExecutableFile.SymbolSection> tables;
    private long[] addresses = new long[CHUNK];
    private int[] sizes = new int[CHUNK];
    private int[] names = new int[CHUNK];
    private int size;
    private final Map<Integer, Optional<String>> kept = new HashMap<>();

    private SymbolFunctions(ExecutableFile file) {
        this.file = file;
        this.tables = file.symbolSections();
    }

    static SymbolFunctions read(ExecutableFile file) {
        SymbolFunctions functions = new SymbolFunctions(file);
        for (int table = 0; table < functions.tables.size(); table++) {
            functions.readTable(table);
        }
        functions.sort();
        return functions;
    }

    int size() {
        return addresses.length;
    }

    /** Whether there is a full symbol table, not only that of the dynamic linker. */
    boolean isComplete() {
        return !tables.isEmpty() && tables.getFirst().complete() && addresses.length > 0;
    }

    private void readTable(int index) {
        ExecutableFile.SymbolSection table = tables.get(index);
        ExecutableLayout layout = file.layout();
        if (table.entries() > MOST_SYMBOLS) {
            throw new ElfException(
                    file.name() + ": symbol table with " + table.entries() + " entries, more than " + MOST_SYMBOLS);
        }
        for (long first = 0; first < table.entries(); first += CHUNK) {
            int count = (int) Math.min(CHUNK, table.entries() - first);
            int bytes = count * layout.symbolSize;
            ByteView chunk = file.part("symbol table", table.offset() + first * layout.symbolSize, bytes, bytes);
            for (int i = 0; i < count; i++) {
                readSymbol(chunk, i * layout.symbolSize, layout, index == 0 ? 0 : SECOND_TABLE);
            }
        }
    }

    private void readSymbol(ByteView chunk, int at, ExecutableLayout layout, int tableBit) {
        int information = chunk.u8((long) at + layout.symbolInformation);
        int type = information & 0xf;
        long name = chunk.u32(at);
        boolean function = type == Symbol.TYPE_FUNCTION || type == TYPE_INDIRECT_FUNCTION;
        if (!function
                || chunk.u16((long) at + layout.symbolSection) == Symbol.UNDEFINED
                || name == 0
                || name > OFFSET) {
            return;
        }
        if (size == addresses.length) {
            enlarge();
        }
        addresses[size] = layout.word(chunk, (long) at + layout.symbolValue);
        long length = layout.word(chunk, (long) at + layout.symbolValue + layout.wordSize);
        sizes[size] = length < 0 || length > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) length;
        names[size] = (int) name | tableBit | (information >> 4 == BINDING_GLOBAL ? GLOBAL : 0);
        size++;
    }

    private void enlarge() {
        if (size >= MOST_FUNCTIONS) {
            throw new ElfException(file.name() + ": more than " + MOST_FUNCTIONS + " functions");
        }
        addresses = Arrays.copyOf(addresses, size * 2);
        sizes = Arrays.copyOf(sizes, size * 2);
        names = Arrays.copyOf(names, size * 2);
    }

    private void sort() {
        int[] order = AddressOrder.sorted(addresses, size);
        addresses = AddressOrder.arranged(addresses, order);
        sizes = AddressOrder.arranged(sizes, order);
        names = AddressOrder.arranged(names, order);
    }

    Optional<String> nameAt(long address) {
        int above = AddressOrder.firstAbove(addresses, address);
        int last = Math.max(above - MOST_OVERLAPS, 0);
        for (int i = above - 1; i >= last; i--) {
            boolean reaches = sizes[i] == 0 ? i == above - 1 : address - addresses[i] < sizes[i];
            if (reaches) {
                return keptName(i);
            }
        }
        return Optional.empty();
    }

    private Optional<String> keptName(int function) {
        Optional<String> name = kept.get(function);
        if (name == null) {
            if (kept.size() >= MOST_KEPT_NAMES) {
                kept.clear();
            }
            name = plainestName(function);
            kept.put(function, name);
        }
        return name;
    }

    /** Many functions have several names, as {@code __libc_malloc} and {@code malloc}: the one with the fewest underscores in front is meant, then one that others see, then the shortest. */
    private Optional<String> plainestName(int function) {
        Optional<String> best = Optional.empty();
        int bestRank = Integer.MAX_VALUE;
        int last = Math.max(function - MOST_OVERLAPS, 0);
        for (int i = function; i >= last && addresses[i] == addresses[function]; i--) {
            Optional<String> name = name(names[i]);
            int rank = name.isEmpty() ? Integer.MAX_VALUE : rank(name.get(), (names[i] & GLOBAL) != 0);
            if (rank < bestRank) {
                best = name;
                bestRank = rank;
            }
        }
        return best;
    }

    private static int rank(String name, boolean global) {
        int underscores = 0;
        while (underscores < name.length() && name.charAt(underscores) == '_') {
            underscores++;
        }
        return (underscores * 2 + (global ? 0 : 1)) * 2 * LONGEST_NAME + name.length();
    }

    private Optional<String> name(int place) {
        ExecutableFile.SymbolSection table = tables.get((place & SECOND_TABLE) == 0 ? 0 : 1);
        int offset = place & OFFSET;
        if (offset >= table.namesSize()) {
            return Optional.empty();
        }
        return readName(file, table.namesOffset() + offset, table.namesSize() - offset)
                .map(SymbolFunctions::withoutVersion);
    }

    /** The text at a place of a file, cut if it is very long; nothing if it is empty. */
    static Optional<String> readName(ExecutableFile file, long offset, long available) {
        int room = (int) Math.min(LONGEST_NAME, available);
        byte[] bytes = file.part("symbol name", offset, room, LONGEST_NAME).toByteArray();
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return length == 0 ? Optional.empty() : Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    private static String withoutVersion(String name) {
        int at = name.indexOf('@');
        return at > 0 ? name.substring(0, at) : name;
    }
}

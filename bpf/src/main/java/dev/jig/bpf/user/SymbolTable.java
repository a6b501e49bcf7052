// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import dev.jig.bpf.NamePattern;
import dev.jig.bpf.bytes.ByteView;
import dev.jig.bpf.elf.ElfException;
import dev.jig.bpf.elf.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** One of a program's symbol tables, searched where it lies: large programs have hundreds of thousands of symbols. */
final class SymbolTable {
    /** As for all strings in files of strangers: a name without an end would be searched for through the whole table. */
    private static final int MAXIMUM_NAME = 1 << 16;

    private final ExecutableLayout layout;
    private final ByteView entries;
    private final ByteView names;

    SymbolTable(ExecutableLayout layout, ByteView entries, ByteView names) {
        this.layout = layout;
        this.entries = entries;
        this.names = names;
    }

    /** Virtual address of the function with exactly this name, the first of several. */
    OptionalLong functionAddress(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int count = entries.size() / layout.symbolSize;
        for (int i = 1; i < count; i++) {
            if (isDefinedFunction(i) && names.stringEquals(nameOffset(i), wanted)) {
                return OptionalLong.of(layout.word(entries, (long) i * layout.symbolSize + layout.symbolValue));
            }
        }
        return OptionalLong.empty();
    }

    /** Calls {@code action} with the name of each function that is defined here, at most {@code limit} times. */
    void functionNames(int limit, Consumer<String> action) {
        int count = entries.size() / layout.symbolSize;
        int told = 0;
        for (int i = 1; i < count && told < limit; i++) {
            if (isDefinedFunction(i)) {
                action.accept(name(i));
                told++;
            }
        }
    }

    /** Calls {@code action} with the virtual address of each function that is defined here and fits a pattern. */
    void functionAddresses(NamePattern pattern, LongConsumer action) {
        int count = entries.size() / layout.symbolSize;
        for (int i = 1; i < count; i++) {
            if (isDefinedFunction(i) && pattern.matches(name(i))) {
                action.accept(layout.word(entries, (long) i * layout.symbolSize + layout.symbolValue));
            }
        }
    }

    /** Whether there is a name that is defined elsewhere. */
    boolean importsAny() {
        int count = entries.size() / layout.symbolSize;
        for (int i = 1; i < count; i++) {
            if (entries.u16((long) i * layout.symbolSize + layout.symbolSection) == Symbol.UNDEFINED
                    && nameOffset(i) != 0) {
                return true;
            }
        }
        return false;
    }

    private String name(int symbol) {
        int length = names.stringLength(nameOffset(symbol));
        if (length > MAXIMUM_NAME) {
            throw new ElfException(names.name() + ": name of symbol " + symbol + " has " + length + " bytes, more than "
                    + MAXIMUM_NAME);
        }
        return new String(names.toByteArray(nameOffset(symbol), length), StandardCharsets.UTF_8);
    }

    private boolean isDefinedFunction(int symbol) {
        long at = (long) symbol * layout.symbolSize;
        return (entries.u8(at + layout.symbolInformation) & 0xf) == Symbol.TYPE_FUNCTION
                && entries.u16(at + layout.symbolSection) != Symbol.UNDEFINED;
    }

    private long nameOffset(int symbol) {
        return entries.u32((long) symbol * layout.symbolSize);
    }
}

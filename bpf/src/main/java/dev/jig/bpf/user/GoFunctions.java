// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import dev.jig.bpf.bytes.ByteView;
import dev.jig.bpf.elf.ElfException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The table of functions that every Go program carries for its stack traces, also when it is stripped (Go: {@code runtime/symtab.go}, {@code
 * cmd/link/internal/ld/pcln.go}).
 *
 * <pre>
 *   0 magic  6 quantum  7 size of a word  8 words:
 *     Go 1.2    functions | table                                                        entry: address, offset (words)
 *     Go 1.16   functions files names … [6] table                                        entry: address, offset (words)
 *     Go 1.18+  functions files text's start names … [7] table                           entry: distance from text, offset (4 bytes each)
 *   function, at its offset from the table (Go 1.2: from the start): address or distance, then offset of its name (4 bytes)
 * </pre>
 */
final class GoFunctions {
    private static final int LARGEST = 64 << 20;
    private static final int MOST_FUNCTIONS = 1_000_000;
    private static final int HEADER = 8;
    private static final long GO_1_2 = 0xfffffffbL;
    private static final long GO_1_16 = 0xfffffffaL;
    private static final long GO_1_18 = 0xfffffff0L;
    private static final long GO_1_20 = 0xfffffff1L;
    /** Place of the text's start in {@code runtime.moduledata}, in words. */
    private static final int MODULE_TEXT = 22;

    private final ExecutableFile file;
    private final ByteView table;
    private final int word;
    private final long magic;
    private final long names;
    private final long entries;

    private GoFunctions(ExecutableFile file, ByteView table) {
        this.file = file;
        this.table = table;
        this.magic = table.u32(0);
        this.word = table.u8(7);
        if (word != file.wordSize()) {
            throw new ElfException(table.name() + ": words of " + word + " bytes, not " + file.wordSize());
        }
        if (magic == GO_1_2) {
            names = 0;
            entries = (long) HEADER + word;
        } else if (magic == GO_1_16) {
            names = header(2);
            entries = header(6);
        } else if (isRelative()) {
            names = header(3);
            entries = header(7);
        } else {
            throw new ElfException(table.name() + ": unknown magic number 0x" + Long.toHexString(magic));
        }
    }

    /**
     * Address of a function by its full name, for instance {@code main.main}.
     *
     * @return nothing when the file is no Go program or has no such function
     * @throws ElfException when the table contradicts itself
     */
    static OptionalLong address(ExecutableFile file, String function) {
        Optional<ExecutableFile.NamedSection> table = file.section(".gopclntab", LARGEST);
        return table.isEmpty()
                ? OptionalLong.empty()
                : new GoFunctions(file, table.get().content()).find(function);
    }

    private boolean isRelative() {
        return magic == GO_1_18 || magic == GO_1_20;
    }

    private long header(int index) {
        return file.word(table, HEADER + (long) index * word);
    }

    private OptionalLong find(String function) {
        long count = header(0);
        if (count < 0 || count > MOST_FUNCTIONS) {
            throw new ElfException(
                    table.name() + ": " + Long.toUnsignedString(count) + " functions, more than " + MOST_FUNCTIONS);
        }
        byte[] wanted = function.getBytes(StandardCharsets.UTF_8);
        int field = isRelative() ? Integer.BYTES : word;
        for (int i = 0; i < count; i++) {
            long at = entries + 2L * i * field;
            long data = number(at + field, field) + (magic == GO_1_2 ? 0 : entries);
            if (table.stringEquals(names + table.u32(data + field), wanted)) {
                long start = number(data, field);
                return OptionalLong.of(isRelative() ? textStart() + start : start);
            }
        }
        return OptionalLong.empty();
    }

    private long number(long at, int size) {
        return size == Integer.BYTES ? table.u32(at) : table.s64(at);
    }

    /** Newer programs tell it in the description of their module, some by relocation only. */
    private long textStart() {
        Optional<ExecutableFile.NamedSection> module = file.section(".go.module", LARGEST);
        long start = module.isPresent() ? file.word(module.get().content(), (long) MODULE_TEXT * word) : 0;
        if (start == 0) {
            start = header(2);
        }
        if (start == 0) {
            start = file.functionAddress("runtime.text").orElse(0);
        }
        if (start != 0) {
            return start;
        }
        if (file.importsSymbols()) {
            throw new ElfException(
                    file.name() + ": the start of Go's functions is not known, as they were linked with others");
        }
        return file.sectionAddress(".text").orElseThrow(() -> new ElfException(file.name() + ": has no section .text"));
    }
}

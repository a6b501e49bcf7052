// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import dev.jig.bpf.bytes.ByteView;
import dev.jig.bpf.elf.ElfException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The functions of a Go program, from section {@code .gopclntab}, which the runtime needs and stripping leaves. Its start, with words of the size that byte 7
 * gives (Go, {@code src/internal/abi/symtab.go} and {@code src/runtime/symtab.go}):
 *
 * <pre>
 *   magic u32, 0 u16, u8, size of words u8 @7, functions @8, then words:
 *   Go 1.2   0xfffffffb   functions: pairs of words (address, offset of record from the section's start); record: entry word, name s32 from the section's start
 *   Go 1.16  0xfffffffa   files, names, units, files, positions, functions; records from "functions", names from "names"
 *   Go 1.18  0xfffffff0   files, text, names, units, files, positions, functions: pairs of u32 (address from "text", offset); record: entry u32, name s32
 *   Go 1.20  0xfffffff1   as 1.18
 * </pre>
 */
final class GoFunctions {
    private static final int MOST_FUNCTIONS = 4_000_000;
    /** Place of the text's start in {@code runtime.moduledata}, in words (Go 1.26). */
    private static final int MODULE_TEXT = 22;

    private static final int LARGEST_SEARCHED = 256 << 20;
    private static final int LONGEST_HEADER = 8 + 8 * 8;

    private final ExecutableFile file;
    private final ExecutableFile.Part section;
    private final ByteView functions;
    private final int wordSize;
    private final int entrySize;
    private final long text;
    private final long names;
    private final long records;

    private GoFunctions(ExecutableFile file, ExecutableFile.Part section) {
        this.file = file;
        this.section = section;
        long available = Math.min(section.size(), LONGEST_HEADER);
        ByteView header = file.part(".gopclntab header", section.offset(), available, LONGEST_HEADER);
        this.wordSize = header.u8(7);
        if (wordSize != Integer.BYTES && wordSize != Long.BYTES) {
            throw new ElfException(file.name() + ": .gopclntab with words of " + wordSize + " bytes");
        }
        long count = word(header, 8);
        if (count < 0 || count > MOST_FUNCTIONS) {
            throw new ElfException(file.name() + ": .gopclntab with " + Long.toUnsignedString(count)
                    + " functions, more than " + MOST_FUNCTIONS);
        }
        long table;
        switch ((int) header.u32(0)) {
            case 0xffff_fffb -> {
                table = 8L + wordSize;
                this.names = 0;
                this.records = 0;
                this.text = 0;
                this.entrySize = wordSize;
            }
            case 0xffff_fffa -> {
                table = word(header, 8 + 6 * wordSize);
                this.names = word(header, 8 + 2 * wordSize);
                this.records = table;
                this.text = 0;
                this.entrySize = wordSize;
            }
            case 0xffff_fff0, 0xffff_fff1 -> {
                table = word(header, 8 + 7 * wordSize);
                this.names = word(header, 8 + 3 * wordSize);
                this.records = table;
                this.text = textStart(word(header, 8 + 2 * wordSize));
                this.entrySize = Integer.BYTES;
            }
            default ->
                throw new ElfException(file.name() + ": .gopclntab of an unknown version, 0x"
                        + Integer.toHexString((int) header.u32(0)));
        }
        int bytes = Math.toIntExact((count * 2 + 1) * entrySize);
        this.functions = part("functions of .gopclntab", table, bytes);
    }

    /** The functions of a Go program; nothing for any other program. */
    static Optional<GoFunctions> find(ExecutableFile file) {
        Optional<ExecutableFile.Part> section = file.section(".gopclntab");
        if (section.isEmpty()) {
            // Programs that run anywhere keep it with the data that is relocated.
            section = file.section(".data.rel.ro.gopclntab");
        }
        return section.map(found -> new GoFunctions(file, found));
    }

    /** Newer linkers leave the address out, or tell it in the description of the module only; where a program runs anywhere the file may not have it. */
    private long textStart(long stated) {
        long told = moduleText();
        if (told != 0 || stated != 0) {
            return told != 0 ? told : stated;
        }
        OptionalLong offset = file.functionOffset("runtime.text");
        if (offset.isPresent()) {
            return file.addressAt(offset.getAsLong()).orElse(0);
        }
        if (file.importsSymbols()) {
            throw new ElfException(
                    file.name() + ": where Go's functions start is not known, as they were linked with others");
        }
        return file.section(".text").map(file::addressOf).orElse(0L);
    }

    private long moduleText() {
        Optional<ExecutableFile.Part> module = file.section(".go.module");
        if (module.isEmpty()) {
            return 0;
        }
        long offset = module.get().offset() + (long) MODULE_TEXT * wordSize;
        return word(file.part(".go.module", offset, wordSize, Long.BYTES), 0);
    }

    private long word(ByteView view, long offset) {
        return wordSize == Long.BYTES ? view.s64(offset) : view.u32(offset);
    }

    private ByteView part(String what, long offset, int length) {
        if (offset < 0 || offset > section.size() || length > section.size() - offset) {
            throw new ElfException(file.name() + ": " + what + ": offset " + Long.toUnsignedString(offset)
                    + " and length " + length + " exceed the " + section.size() + " bytes of the section");
        }
        return file.part(what, section.offset() + offset, length, length);
    }

    int size() {
        return functions.size() / (2 * entrySize);
    }

    /** Behind the last function stands where it ends. */
    private long start(int function) {
        long at = 2L * entrySize * function;
        return text + (entrySize == Integer.BYTES ? functions.u32(at) : functions.s64(at));
    }

    /** Functions follow one another: each one ends where the next begins. */
    Optional<String> nameAt(long address) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(start(middle), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean behind = low == size() && Long.compareUnsigned(start(low), address) <= 0;
        return low == 0 || behind ? Optional.empty() : name(low - 1);
    }

    /** The address of a function by its full name, for instance {@code main.main}. */
    OptionalLong address(String function) {
        ByteView whole = file.part(".gopclntab", section.offset(), section.size(), LARGEST_SEARCHED);
        byte[] wanted = function.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < size(); i++) {
            long at = (2L * i + 1) * entrySize;
            long recordOffset = entrySize == Long.BYTES ? functions.s64(at) : functions.u32(at);
            if (whole.stringEquals(names + whole.s32(records + recordOffset + entrySize), wanted)) {
                return OptionalLong.of(start(i));
            }
        }
        return OptionalLong.empty();
    }

    private Optional<String> name(int function) {
        long at = (2L * function + 1) * entrySize;
        long recordOffset = entrySize == Long.BYTES ? functions.s64(at) : functions.u32(at);
        ByteView record = part("function record of .gopclntab", records + recordOffset, entrySize + Integer.BYTES);
        long name = names + record.s32(entrySize);
        if (name < 0 || name >= section.size()) {
            return Optional.empty();
        }
        return SymbolFunctions.readName(file, section.offset() + name, section.size() - name);
    }
}

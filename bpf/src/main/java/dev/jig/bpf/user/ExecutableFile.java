// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import dev.jig.bpf.NamePattern;
import dev.jig.bpf.NearestName;
import dev.jig.bpf.bytes.ByteView;
import dev.jig.bpf.elf.ElfException;
import dev.jig.bpf.elf.SectionType;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** A program or shared library: which function is at which place of the file. Reads headers when opened, symbol tables when asked; closing gives up the file. */
public final class ExecutableFile implements AutoCloseable {
    private static final int LARGEST_SYMBOL_TABLE = 240_000_000;
    private static final int LARGEST_STRING_TABLE = 256 << 20;
    private static final int MOST_SECTIONS = 1 << 14;
    private static final int LARGEST_HEADERS = MOST_SECTIONS * 64;
    /** Each costs the kernel memory, and each process that runs it a trap. */
    private static final int MOST_MATCHING_FUNCTIONS = 10_000;

    private static final int MOST_COMPARED_NAMES = 200_000;
    private static final int TYPE_PROGRAM = 2;
    private static final int TYPE_SHARED = 3;
    private static final int SEGMENT_LOADED = 1;
    private static final int SEGMENT_EXECUTABLE = 1;

    private final FileContents file;
    private final ByteOrder order;
    private final ExecutableLayout layout;
    private final ByteView segments;
    private final ByteView sections;
    private final int namesSection;

    /**
     * Where a symbol table and its names are in the file.
     *
     * @param complete whether it is the full table and not that of the dynamic linker
     * @param entries how many symbols it has
     */
    record SymbolSection(boolean complete, long offset, long entries, long namesOffset, long namesSize) {}

    /** A part of the file. */
    record Part(long offset, long size) {}

    private ExecutableFile(FileContents file) {
        this.file = file;
        ByteView start = file.part("ELF header", 0, Math.min(64, file.size()), 64, ByteOrder.LITTLE_ENDIAN);
        if (start.size() < 52 || start.u32(0) != 0x464c_457fL) {
            throw new ElfException(file.name() + ": not an ELF file");
        }
        this.layout = layout(start);
        this.order = order(start);
        ByteView header = file.part("ELF header", 0, layout.headerSize, 64, order);
        int type = header.u16(16);
        if (type != TYPE_PROGRAM && type != TYPE_SHARED) {
            throw new ElfException(file.name() + ": ELF type " + type + " is neither a program (2) nor a library (3)");
        }
        this.segments =
                table(header, "program headers", layout.segmentTable, layout.segmentEntrySize, layout.segmentSize);
        this.sections = table(
                header,
                "section headers",
                layout.segmentTable + layout.wordSize,
                layout.segmentEntrySize + 4,
                layout.sectionSize);
        this.namesSection = header.u16(layout.segmentEntrySize + 8);
    }

    /**
     * Opens a file.
     *
     * @throws ElfException when it cannot be read or is neither a program nor a shared library
     */
    public static ExecutableFile open(Path file) {
        return open(FileContents.open(file));
    }

    static ExecutableFile open(FileContents contents) {
        try {
            return new ExecutableFile(contents);
        } catch (RuntimeException malformed) {
            contents.close();
            throw malformed;
        }
    }

    private ExecutableLayout layout(ByteView start) {
        return switch (start.u8(4)) {
            case 1 -> ExecutableLayout.BITS_32;
            case 2 -> ExecutableLayout.BITS_64;
            default -> throw new ElfException(file.name() + ": unknown ELF class " + start.u8(4));
        };
    }

    private ByteOrder order(ByteView start) {
        return switch (start.u8(5)) {
            case 1 -> ByteOrder.LITTLE_ENDIAN;
            case 2 -> ByteOrder.BIG_ENDIAN;
            default -> throw new ElfException(file.name() + ": unknown ELF byte order " + start.u8(5));
        };
    }

    private ByteView table(ByteView header, String what, int offsetAt, int entrySizeAt, int entrySize) {
        int count = header.u16(entrySizeAt + 2);
        if (count > 0 && header.u16(entrySizeAt) != entrySize) {
            throw new ElfException(
                    file.name() + ": " + what + " of " + header.u16(entrySizeAt) + " bytes each, not " + entrySize);
        }
        return file.part(what, layout.word(header, offsetAt), (long) count * entrySize, LARGEST_HEADERS, order);
    }

    /**
     * Place of a function in the file, as probes want it.
     *
     * @return nothing when no symbol table of the file defines a function with exactly this name
     * @throws ElfException when the file contradicts itself
     */
    public OptionalLong functionOffset(String name) {
        for (SymbolTable table : symbolTables()) {
            OptionalLong address = table.functionAddress(name);
            if (address.isPresent()) {
                return OptionalLong.of(codeOffset("function " + name, address.getAsLong()));
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Places of the functions in the file that fit a pattern, ascending, each once; empty when none fits.
     *
     * @throws ElfException when the file contradicts itself, or too many fit
     */
    public long[] functionOffsets(NamePattern pattern) {
        TreeSet<Long> found = new TreeSet<>();
        for (SymbolTable table : symbolTables()) {
            table.functionAddresses(pattern, address -> {
                found.add(codeOffset("a function " + pattern.text(), address));
                if (found.size() > MOST_MATCHING_FUNCTIONS) {
                    throw new ElfException(file.name() + ": more than " + MOST_MATCHING_FUNCTIONS
                            + " functions are called " + pattern.text() + ": give a narrower pattern");
                }
            });
        }
        long[] offsets = new long[found.size()];
        int count = 0;
        for (long offset : found) {
            offsets[count++] = offset;
        }
        return offsets;
    }

    /** The function whose name is most like another one, if one is alike at all: for messages. */
    public Optional<String> nearestFunction(String name) {
        NearestName nearest = new NearestName(name);
        for (SymbolTable table : symbolTables()) {
            table.functionNames(MOST_COMPARED_NAMES, nearest::consider);
        }
        return nearest.found();
    }

    /** Whether it has any symbol table; stripped programs that are linked statically have none. */
    public boolean hasSymbols() {
        return !symbolTables().isEmpty();
    }

    /** The complete table first, then that of the dynamic linker, which stripping leaves. */
    private List<SymbolTable> symbolTables() {
        List<SymbolTable> tables = new ArrayList<>(2);
        addTables(tables, SectionType.SYMTAB);
        addTables(tables, SectionType.DYNSYM);
        return tables;
    }

    private void addTables(List<SymbolTable> tables, int type) {
        int index = indexOf(type);
        if (index >= 0) {
            tables.add(new SymbolTable(
                    layout,
                    section("symbol table", index, LARGEST_SYMBOL_TABLE),
                    section("symbol names", namesOf(index), LARGEST_STRING_TABLE)));
        }
    }

    /** The first section of a type, -1 if there is none. */
    private int indexOf(int type) {
        int count = sections.size() / layout.sectionSize;
        for (int i = 0; i < count; i++) {
            if (sections.s32((long) i * layout.sectionSize + 4) == type) {
                return i;
            }
        }
        return -1;
    }

    private int namesOf(int table) {
        int names = sections.s32((long) table * layout.sectionSize + layout.sectionLink);
        if (names <= 0
                || names >= sections.size() / layout.sectionSize
                || sections.s32((long) names * layout.sectionSize + 4) != SectionType.STRTAB) {
            throw new ElfException(file.name() + ": symbol table " + table + " links to section " + names
                    + ", which is no string table");
        }
        return names;
    }

    private ByteView section(String what, int index, int limit) {
        Part section = section(index);
        return file.part(what, section.offset, section.size, limit, order);
    }

    private Part section(int index) {
        long at = (long) index * layout.sectionSize;
        return new Part(
                layout.word(sections, at + layout.sectionOffset), layout.word(sections, at + layout.sectionLength()));
    }

    /** Where the symbol tables are, in the order of {@link #symbolTables()}. */
    List<SymbolSection> symbolSections() {
        List<SymbolSection> found = new ArrayList<>(2);
        for (int type : new int[] {SectionType.SYMTAB, SectionType.DYNSYM}) {
            int index = indexOf(type);
            if (index >= 0) {
                Part entries = section(index);
                Part names = section(namesOf(index));
                found.add(new SymbolSection(
                        type == SectionType.SYMTAB,
                        entries.offset,
                        entries.size / layout.symbolSize,
                        names.offset,
                        names.size));
            }
        }
        return found;
    }

    /** Where a section is that has a name. */
    Optional<Part> section(String name) {
        int count = sections.size() / layout.sectionSize;
        if (namesSection <= 0 || namesSection >= count) {
            return Optional.empty();
        }
        ByteView names = section("section names", namesSection, LARGEST_HEADERS);
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < count; i++) {
            if (names.stringEquals(sections.u32((long) i * layout.sectionSize), wanted)) {
                return Optional.of(section(i));
            }
        }
        return Optional.empty();
    }

    /** The address at which a section's first byte is when the program runs where it was linked for. */
    long addressOf(Part section) {
        return addressAt(section.offset)
                .orElseThrow(() -> new ElfException(
                        file.name() + ": the section at offset " + section.offset + " is in no segment"));
    }

    /** The address of a byte of the file, as symbols have them; nothing for what is not loaded. */
    OptionalLong addressAt(long offset) {
        for (int i = 0; i < segments.size() / layout.segmentSize; i++) {
            long at = (long) i * layout.segmentSize;
            long distance = offset - layout.word(segments, at + layout.segmentOffset);
            if (segments.s32(at) == SEGMENT_LOADED
                    && distance >= 0
                    && distance < layout.word(segments, at + layout.segmentFileSize)) {
                return OptionalLong.of(layout.word(segments, at + layout.segmentAddress) + distance);
            }
        }
        return OptionalLong.empty();
    }

    /** A copy of a part of the file. */
    ByteView part(String what, long offset, long length, int limit) {
        return file.part(what, offset, length, limit, order);
    }

    ExecutableLayout layout() {
        return layout;
    }

    String name() {
        return file.name();
    }

    /** Whether the dynamic linker looks for symbols of other files when the program starts. */
    boolean importsSymbols() {
        List<SymbolTable> tables = new ArrayList<>(1);
        addTables(tables, SectionType.DYNSYM);
        return !tables.isEmpty() && tables.getFirst().importsAny();
    }

    /**
     * Where in the file code is that the program sees at an address.
     *
     * @throws ElfException when no code is there
     */
    long codeOffset(String what, long address) {
        return fileOffset(address, true)
                .orElseThrow(() -> new ElfException(file.name() + ": " + what + " at address 0x"
                        + Long.toHexString(address) + " is in no executable segment"));
    }

    /** Where in the file something is that the program sees at an address; nothing if it is in no part of the file. */
    OptionalLong dataOffset(long address) {
        return fileOffset(address, false);
    }

    /** Symbols have addresses as the program sees them when it runs; segments say which part of the file comes where. */
    private OptionalLong fileOffset(long address, boolean onlyCode) {
        for (int i = 0; i < segments.size() / layout.segmentSize; i++) {
            long at = (long) i * layout.segmentSize;
            boolean fits = segments.s32(at) == SEGMENT_LOADED
                    && (!onlyCode || (segments.s32(at + layout.segmentFlags) & SEGMENT_EXECUTABLE) != 0);
            long distance = address - layout.word(segments, at + layout.segmentAddress);
            if (fits && distance >= 0 && distance < layout.word(segments, at + layout.segmentFileSize)) {
                return OptionalLong.of(distance + layout.word(segments, at + layout.segmentOffset));
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        file.close();
    }
}

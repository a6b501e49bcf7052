// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

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

/** A program or shared library: which function is at which place of the file. Reads headers when opened, symbol tables when asked; closing gives up the file. */
public final class ExecutableFile implements AutoCloseable {
    private static final int LARGEST_SYMBOL_TABLE = 240_000_000;
    private static final int LARGEST_STRING_TABLE = 256 << 20;
    private static final int LARGEST_SECTION_NAMES = 1 << 20;
    private static final int MOST_SECTIONS = 1 << 14;
    private static final int LARGEST_HEADERS = MOST_SECTIONS * 64;
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
    private final int sectionNames;

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
        this.sectionNames = header.u16(layout.segmentEntrySize + 8);
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
        OptionalLong address = functionAddress(name);
        return address.isPresent()
                ? OptionalLong.of(codeOffset("function " + name, address.getAsLong()))
                : OptionalLong.empty();
    }

    /** As {@link #functionOffset}, but as the program sees it when it runs. */
    OptionalLong functionAddress(String name) {
        for (SymbolTable table : symbolTables()) {
            OptionalLong address = table.functionAddress(name);
            if (address.isPresent()) {
                return address;
            }
        }
        return OptionalLong.empty();
    }

    /**
     * A section.
     *
     * @param content as it lies in the file, in the byte order of the file
     */
    record NamedSection(int type, long address, ByteView content) {}

    /**
     * Finds a section.
     *
     * @param limit bytes that it may have
     * @throws ElfException when it is larger or not inside the file
     */
    Optional<NamedSection> section(String name, int limit) {
        int index = sectionIndex(name);
        if (index == 0) {
            return Optional.empty();
        }
        int type = sections.s32((long) index * layout.sectionSize + 4);
        return Optional.of(new NamedSection(type, sectionAddress(index), section(name, index, limit)));
    }

    /** Where the program sees a section when it runs. */
    OptionalLong sectionAddress(String name) {
        int index = sectionIndex(name);
        return index == 0 ? OptionalLong.empty() : OptionalLong.of(sectionAddress(index));
    }

    private long sectionAddress(int index) {
        return layout.word(sections, (long) index * layout.sectionSize + layout.sectionOffset - layout.wordSize);
    }

    /** Index of a section, 0 if there is none of that name. */
    private int sectionIndex(String name) {
        int count = sections.size() / layout.sectionSize;
        if (sectionNames > 0 && sectionNames < count) {
            ByteView names = section("section names", sectionNames, LARGEST_SECTION_NAMES);
            byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
            for (int i = 1; i < count; i++) {
                if (names.stringEquals(sections.u32((long) i * layout.sectionSize), wanted)) {
                    return i;
                }
            }
        }
        return 0;
    }

    /** Whether the dynamic linker looks for symbols of other files when the program starts. */
    boolean importsSymbols() {
        List<SymbolTable> tables = new ArrayList<>(1);
        addTables(tables, SectionType.DYNSYM);
        return !tables.isEmpty() && tables.getFirst().importsAny();
    }

    /** Bytes of an address: 4 or 8. */
    int wordSize() {
        return layout.wordSize;
    }

    /** The address, offset or size at a place of a part of this file. */
    long word(ByteView view, long offset) {
        return layout.word(view, offset);
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
        int count = sections.size() / layout.sectionSize;
        for (int i = 0; i < count; i++) {
            long at = (long) i * layout.sectionSize;
            if (sections.s32(at + 4) == type) {
                int names = sections.s32(at + layout.sectionLink);
                if (names <= 0
                        || names >= count
                        || sections.s32((long) names * layout.sectionSize + 4) != SectionType.STRTAB) {
                    throw new ElfException(file.name() + ": symbol table " + i + " links to section " + names
                            + ", which is no string table");
                }
                tables.add(new SymbolTable(
                        layout,
                        section("symbol table", i, LARGEST_SYMBOL_TABLE),
                        section("symbol names", names, LARGEST_STRING_TABLE)));
                return;
            }
        }
    }

    private ByteView section(String what, int index, int limit) {
        long at = (long) index * layout.sectionSize;
        long offset = layout.word(sections, at + layout.sectionOffset);
        return file.part(what, offset, layout.word(sections, at + layout.sectionLength()), limit, order);
    }

    /** Symbols have addresses as the program sees them when it runs; segments say which part of the file comes where. */
    long codeOffset(String what, long address) {
        return fileOffset(address, true)
                .orElseThrow(() -> new ElfException(file.name() + ": " + what + " at address 0x"
                        + Long.toHexString(address) + " is in no executable segment"));
    }

    /** Where in the file something is that the program sees at an address; nothing if it is in no part of the file. */
    OptionalLong dataOffset(long address) {
        return fileOffset(address, false);
    }

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

    /** Name of the file, for messages. */
    String name() {
        return file.name();
    }

    @Override
    public void close() {
        file.close();
    }
}

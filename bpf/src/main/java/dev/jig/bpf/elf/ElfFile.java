// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.elf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.jig.bpf.bytes.ByteView;
import dev.jig.bpf.bytes.Failure;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A relocatable ELF64 file over caller-owned bytes, little- or big-endian. Headers, names and symbols are read once and checked; contents are read
 * on demand.
 *
 * <pre>
 *   0        16     18        20       24     32      40      48      52       54          56  58          60      62
 *   +--------+------+---------+--------+------+-------+-------+-------+--------+-----------+---+-----------+-------+----------+
 *   | ident  | type | machine | version| entry| phoff | shoff | flags | ehsize | phentsize |phnum| shentsize | shnum | shstrndx |
 *   +--------+------+---------+--------+------+-------+-------+-------+--------+-----------+---+-----------+-------+----------+
 * </pre>
 */
public final class ElfFile {
    /** {@code e_machine} of eBPF. */
    public static final int MACHINE_BPF = 247;

    private static final int TYPE_RELOCATABLE = 1;
    private static final int HEADER_SIZE = 64;
    private static final int SECTION_HEADER_SIZE = 64;
    private static final int SYMBOL_SIZE = 24;
    private static final int MAXIMUM_SECTIONS = 1 << 14;
    private static final int RESERVED_INDEXES = 0xff00;
    private static final int MAXIMUM_SYMBOLS = 1 << 18;
    private static final int MAXIMUM_NAME = 4096;
    private static final int MAXIMUM_NAMES = 16 << 20;
    private static final int MAXIMUM_ZEROED_SECTION = 64 << 20;

    private static final Failure FAILURE = new Failure() {
        @Override
        public ElfException because(String message) {
            return new ElfException(message);
        }
    };

    private final ByteView view;
    private final int machine;
    private final List<Section> sections;
    private final List<Symbol> symbols;

    private ElfFile(ByteView view, int machine, List<Section> sections, List<Symbol> symbols) {
        this.view = view;
        this.machine = machine;
        this.sections = sections;
        this.symbols = symbols;
    }

    /** Reads the file; the segment must outlive the result. */
    public static ElfFile parse(String name, MemorySegment bytes) {
        return parse(ByteView.of(requireNonNull(name, "name"), bytes, ByteOrder.LITTLE_ENDIAN, FAILURE));
    }

    /** Reads the file; the array must not be changed later. */
    public static ElfFile parse(String name, byte[] bytes) {
        return parse(ByteView.of(requireNonNull(name, "name"), bytes, ByteOrder.LITTLE_ENDIAN, FAILURE));
    }

    private static ElfFile parse(ByteView raw) {
        ByteView view = raw.withOrder(checkIdentification(raw));
        int type = view.u16(16);
        if (type != TYPE_RELOCATABLE) {
            throw new ElfException(view.name() + ": ELF type " + type + " is not relocatable (1)");
        }
        List<Section> sections = readSections(view);
        return new ElfFile(view, view.u16(18), sections, readSymbols(view, sections));
    }

    private static ByteOrder checkIdentification(ByteView view) {
        if (view.size() < HEADER_SIZE
                || view.u8(0) != 0x7f
                || view.u8(1) != 'E'
                || view.u8(2) != 'L'
                || view.u8(3) != 'F') {
            throw new ElfException(view.name() + ": not an ELF file");
        }
        if (view.u8(4) != 2) {
            throw new ElfException(view.name() + ": ELF class " + view.u8(4) + " is not 64-bit (2)");
        }
        return switch (view.u8(5)) {
            case 1 -> ByteOrder.LITTLE_ENDIAN;
            case 2 -> ByteOrder.BIG_ENDIAN;
            default -> throw new ElfException(view.name() + ": unknown ELF byte order " + view.u8(5));
        };
    }

    private static List<Section> readSections(ByteView view) {
        long table = view.s64(40);
        int entrySize = view.u16(58);
        int count = view.u16(60);
        int names = view.u16(62);
        if (count == 0) {
            throw new ElfException(view.name() + ": has no sections");
        }
        if (count >= MAXIMUM_SECTIONS || entrySize < SECTION_HEADER_SIZE) {
            throw new ElfException(view.name() + ": section table of " + count + " entries of " + entrySize
                    + " bytes is not supported");
        }
        ByteView headers = view.slice(view.name() + ": section table", table, (long) count * entrySize);
        if (names >= count) {
            throw new ElfException(view.name() + ": section " + names + " of names does not exist");
        }
        ByteView nameTable = sectionSlice(view, headers, names, entrySize);
        List<Section> sections = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sections.add(readSection(headers, i, entrySize, nameTable));
        }
        return Collections.unmodifiableList(sections);
    }

    private static ByteView sectionSlice(ByteView view, ByteView headers, int index, int entrySize) {
        long at = (long) index * entrySize;
        return view.slice(view.name() + ": section names", headers.s64(at + 24), headers.s64(at + 32));
    }

    private static Section readSection(ByteView headers, int index, int entrySize, ByteView names) {
        long at = (long) index * entrySize;
        return new Section(
                index,
                index == 0 ? "" : boundedName(names, headers.u32(at)),
                headers.s32(at + 4),
                headers.s64(at + 8),
                headers.s64(at + 16),
                headers.s64(at + 24),
                headers.s64(at + 32),
                headers.s32(at + 40),
                headers.s32(at + 44),
                headers.s64(at + 56));
    }

    private static String boundedName(ByteView names, long offset) {
        int length = names.stringLength(offset);
        if (length > MAXIMUM_NAME) {
            throw new ElfException(names.name() + ": name at offset " + offset + " has " + length + " bytes, more than "
                    + MAXIMUM_NAME);
        }
        return length == 0 ? "" : new String(names.toByteArray(offset, length), UTF_8);
    }

    private static List<Symbol> readSymbols(ByteView view, List<Section> sections) {
        for (Section section : sections) {
            if (section.type() == SectionType.SYMTAB) {
                return readSymbols(view, sections, section);
            }
        }
        return List.of();
    }

    private static List<Symbol> readSymbols(ByteView view, List<Section> sections, Section table) {
        ByteView entries = contents(view, table);
        if (table.link() <= 0 || table.link() >= sections.size()) {
            throw new ElfException(
                    view.name() + ": symbol table links to section " + table.link() + ", which does not exist");
        }
        ByteView names = contents(view, sections.get(table.link()));
        int count = entries.size() / SYMBOL_SIZE;
        if (count > MAXIMUM_SYMBOLS) {
            throw new ElfException(view.name() + ": " + count + " symbols, more than " + MAXIMUM_SYMBOLS);
        }
        List<Symbol> symbols = new ArrayList<>(count);
        long nameBytes = 0;
        for (int i = 0; i < count; i++) {
            Symbol symbol = readSymbol(entries, i, names, sections);
            nameBytes += symbol.name().length();
            if (nameBytes > MAXIMUM_NAMES) {
                throw new ElfException(view.name() + ": symbol names exceed " + MAXIMUM_NAMES + " bytes");
            }
            symbols.add(symbol);
        }
        return Collections.unmodifiableList(symbols);
    }

    private static Symbol readSymbol(ByteView entries, int index, ByteView names, List<Section> sections) {
        long at = (long) index * SYMBOL_SIZE;
        int information = entries.u8(at + 4);
        int section = entries.u16(at + 6);
        if (section >= sections.size() && section < RESERVED_INDEXES) {
            throw new ElfException(
                    entries.name() + ": symbol " + index + " is in section " + section + " of " + sections.size());
        }
        return new Symbol(
                index,
                boundedName(names, entries.u32(at)),
                information & 0xf,
                information >> 4,
                entries.u8(at + 5) & 3,
                section,
                entries.s64(at + 8),
                entries.s64(at + 16));
    }

    /** The file's name, for messages. */
    public String name() {
        return view.name();
    }

    /** The order of the file's numbers. */
    public ByteOrder byteOrder() {
        return view.order();
    }

    /** {@code e_machine}. */
    public int machine() {
        return machine;
    }

    /** All sections in file order; the first is the null section. */
    public List<Section> sections() {
        return sections;
    }

    /** All symbols in file order, empty if there is no symbol table; the first is the null symbol. */
    public List<Symbol> symbols() {
        return symbols;
    }

    /** The first section of that name. */
    public Optional<Section> section(String name) {
        for (Section section : sections) {
            if (section.name().equals(name)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /** A view of the section's contents; empty for {@link SectionType#NOBITS}. */
    public ByteView contents(Section section) {
        return contents(view, section);
    }

    private static ByteView contents(ByteView view, Section section) {
        String name = view.name() + ": " + section.name();
        if (section.type() == SectionType.NOBITS || section.type() == SectionType.NULL) {
            return view.slice(name, 0, 0);
        }
        return view.slice(name, section.offset(), section.size());
    }

    /** A copy of the section's contents; zeros for {@link SectionType#NOBITS}, at most 64 MiB of them. */
    public byte[] bytes(Section section) {
        if (section.type() != SectionType.NOBITS) {
            return contents(section).toByteArray();
        }
        if (section.size() < 0 || section.size() > MAXIMUM_ZEROED_SECTION) {
            throw new ElfException(view.name() + ": " + section.name() + " claims "
                    + Long.toUnsignedString(section.size()) + " zero bytes, more than " + MAXIMUM_ZEROED_SECTION);
        }
        return new byte[(int) section.size()];
    }

    /** The relocations that apply to a section, in file order; empty if none. Fails if there are more than {@code maximum}. */
    public List<Relocation> relocations(Section target, int maximum) {
        for (Section section : sections) {
            if (section.info() == target.index()
                    && (section.type() == SectionType.REL || section.type() == SectionType.RELA)) {
                return readRelocations(section, maximum);
            }
        }
        return List.of();
    }

    private List<Relocation> readRelocations(Section section, int maximum) {
        boolean explicit = section.type() == SectionType.RELA;
        int entrySize = explicit ? 24 : 16;
        ByteView entries = contents(section);
        int count = entries.size() / entrySize;
        if (count > maximum) {
            throw new ElfException(entries.name() + ": " + count + " relocations, more than " + maximum);
        }
        List<Relocation> relocations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long at = (long) i * entrySize;
            long information = entries.s64(at + 8);
            int symbol = (int) (information >>> 32);
            if (symbol < 0 || symbol >= symbols.size()) {
                throw new ElfException(entries.name() + ": relocation " + i + " names symbol "
                        + Integer.toUnsignedString(symbol) + " of " + symbols.size());
            }
            relocations.add(
                    new Relocation(entries.s64(at), (int) information, symbol, explicit ? entries.s64(at + 16) : 0));
        }
        return Collections.unmodifiableList(relocations);
    }
}

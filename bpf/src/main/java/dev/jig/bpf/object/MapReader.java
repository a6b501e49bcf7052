// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.Linkage;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.elf.Relocation;
import dev.jig.bpf.elf.Section;
import dev.jig.bpf.elf.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads the maps that BTF types declare in section {@code .maps}. */
final class MapReader {
    static final String SECTION = ".maps";
    private static final int MAXIMUM_MAPS = 1 << 12;
    private static final int MAXIMUM_SLOTS = 1 << 16;

    private final ElfFile elf;
    private final Btf btf;
    private final Section section;
    private final Map<String, Symbol> symbols = new HashMap<>();
    private final NavigableMap<Long, Relocation> relocations = new TreeMap<>();

    private MapReader(ElfFile elf, Btf btf, Section section) {
        this.elf = elf;
        this.btf = btf;
        this.section = section;
    }

    /** The maps by their offset in the section. */
    static Map<Long, MapSpec> read(ElfFile elf, Btf btf) {
        if (elf.section("maps").isPresent()) {
            throw new ObjectException(elf.name()
                    + ": has maps in section 'maps', a form given up in 2022; declare them with BTF in '.maps'");
        }
        Optional<Section> section = elf.section(SECTION);
        if (section.isEmpty()) {
            return Map.of();
        }
        MapReader reader = new MapReader(elf, btf, section.get());
        reader.index();
        return reader.readAll();
    }

    private void index() {
        for (Symbol symbol : elf.symbols()) {
            if (symbol.section() == section.index() && symbol.type() == Symbol.TYPE_OBJECT) {
                symbols.put(symbol.name(), symbol);
            }
        }
        for (Relocation relocation : elf.relocations(section, MAXIMUM_SLOTS)) {
            relocations.put(relocation.offset(), relocation);
        }
    }

    private Map<Long, MapSpec> readAll() {
        OptionalInt found = btf.find(SECTION, BtfKind.DATA_SECTION);
        if (found.isEmpty()) {
            throw new ObjectException(elf.name() + ": BTF does not describe section " + SECTION);
        }
        int types = found.getAsInt();
        Map<Long, MapSpec> maps = new TreeMap<>();
        if (btf.elementCount(types) > MAXIMUM_MAPS) {
            throw new ObjectException(elf.name() + ": more than " + MAXIMUM_MAPS + " maps");
        }
        for (int i = 0; i < btf.elementCount(types); i++) {
            int variable = btf.sectionVariableType(types, i);
            Symbol symbol = symbolOf(variable);
            maps.put(symbol.value(), readMap(variable, symbol));
        }
        return maps;
    }

    private Symbol symbolOf(int variable) {
        String name = btf.name(variable);
        if (btf.kind(variable) != BtfKind.VARIABLE || btf.linkage(variable) != Linkage.GLOBAL) {
            throw new ObjectException(elf.name() + ": map " + name + " is not a global variable");
        }
        Symbol symbol = symbols.get(name);
        if (symbol == null) {
            throw new ObjectException(elf.name() + ": map " + name + " has no symbol in " + SECTION);
        }
        return symbol;
    }

    private MapSpec readMap(int variable, Symbol symbol) {
        int definition = btf.resolve(btf.target(variable));
        if (btf.kind(definition) != BtfKind.STRUCT) {
            throw new ObjectException(elf.name() + ": map " + symbol.name() + " is declared by "
                    + btf.describe(definition) + ", not by a struct");
        }
        MapDefinition parsed = new MapDefinition(btf, elf.name() + ": map " + symbol.name());
        parsed.read(definition, true);
        return parsed.toSpec(symbol.name(), slots(parsed, symbol));
    }

    private List<MapSpec.Slot> slots(MapDefinition parsed, Symbol symbol) {
        List<MapSpec.Slot> slots = new ArrayList<>();
        if (parsed.valuesOffset() < 0) {
            return slots;
        }
        long first = symbol.value() + parsed.valuesOffset();
        long end = Math.max(first, symbol.value() + symbol.size());
        for (Map.Entry<Long, Relocation> entry : relocations.subMap(first, end).entrySet()) {
            long index = (entry.getKey() - first) / Long.BYTES;
            if (index >= MAXIMUM_SLOTS) {
                throw new ObjectException(elf.name() + ": map " + symbol.name() + " has an initial value " + index
                        + ", only " + MAXIMUM_SLOTS + " are supported");
            }
            slots.add(new MapSpec.Slot((int) index, nameOf(entry.getValue())));
        }
        return slots;
    }

    private String nameOf(Relocation relocation) {
        Symbol symbol = elf.symbols().get(relocation.symbol());
        if (symbol.name().isEmpty() || symbol.isSection()) {
            throw new ObjectException(elf.name() + ": initial value at offset " + relocation.offset() + " of " + SECTION
                    + " names no global map or program");
        }
        return symbol.name();
    }
}

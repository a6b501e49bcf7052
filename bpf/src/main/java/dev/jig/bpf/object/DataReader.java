// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.elf.Relocation;
import dev.jig.bpf.elf.Section;
import dev.jig.bpf.elf.SectionType;
import dev.jig.bpf.elf.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads sections of variables. Those that nothing refers to, such as strings for debugging, are left out. */
final class DataReader {
    private static final long MAXIMUM_BYTES = 64 << 20;

    private final ElfFile elf;
    private final Btf btf;
    private final Map<Integer, List<Symbol>> symbols = new HashMap<>();
    private final boolean[] referenced;
    private long total;

    private DataReader(ElfFile elf, Btf btf) {
        this.elf = elf;
        this.btf = btf;
        this.referenced = new boolean[elf.sections().size()];
    }

    /** The data sections by index. */
    static Map<Integer, DataSection> read(ElfFile elf, Btf btf, Collection<CodeSection> code) {
        DataReader reader = new DataReader(elf, btf);
        reader.collect(code);
        Map<Integer, DataSection> sections = new TreeMap<>();
        for (Section section : elf.sections()) {
            if (isData(section) && reader.referenced[section.index()] && section.size() != 0) {
                sections.put(section.index(), reader.readSection(section));
            }
        }
        return sections;
    }

    private void collect(Collection<CodeSection> code) {
        for (Symbol symbol : elf.symbols()) {
            if (symbol.type() == Symbol.TYPE_OBJECT && symbol.section() < referenced.length) {
                referenced[symbol.section()] = true;
                addSymbol(symbol);
            }
        }
        for (CodeSection section : code) {
            for (Relocation relocation : section.relocations()) {
                int target = elf.symbols().get(relocation.symbol()).section();
                if (target < referenced.length) {
                    referenced[target] = true;
                }
            }
        }
    }

    private void addSymbol(Symbol symbol) {
        List<Symbol> others = symbols.get(symbol.section());
        if (others == null) {
            others = new ArrayList<>();
            symbols.put(symbol.section(), others);
        }
        others.add(symbol);
    }

    private static boolean isData(Section section) {
        if (!section.isAllocated()
                || (section.type() != SectionType.PROGBITS && section.type() != SectionType.NOBITS)) {
            return false;
        }
        String name = section.name();
        return isFamily(name, ".data") || isFamily(name, ".rodata") || isFamily(name, ".bss");
    }

    private static boolean isFamily(String name, String family) {
        return name.startsWith(family) && (name.length() == family.length() || name.charAt(family.length()) == '.');
    }

    private DataSection readSection(Section section) {
        total += section.size();
        if (section.size() < 0 || total > MAXIMUM_BYTES) {
            throw new ObjectException(elf.name() + ": data sections up to " + section.name() + " have more than "
                    + MAXIMUM_BYTES + " bytes");
        }
        DataSection.Kind kind = isFamily(section.name(), ".rodata")
                ? DataSection.Kind.READ_ONLY
                : isFamily(section.name(), ".bss") ? DataSection.Kind.ZEROED : DataSection.Kind.DATA;
        OptionalInt type = btf.find(section.name(), BtfKind.DATA_SECTION);
        return new DataSection(section.name(), kind, elf.bytes(section), variables(section, type), type.orElse(0));
    }

    private List<Variable> variables(Section section, OptionalInt sectionType) {
        Map<String, Integer> types = new HashMap<>();
        if (sectionType.isPresent()) {
            int id = sectionType.getAsInt();
            for (int i = 0; i < btf.elementCount(id); i++) {
                int variable = btf.sectionVariableType(id, i);
                types.put(btf.name(variable), btf.target(variable));
            }
        }
        List<Variable> variables = new ArrayList<>();
        for (Symbol symbol : symbols.getOrDefault(section.index(), List.of())) {
            variables.add(variable(section, symbol, types.getOrDefault(symbol.name(), 0)));
        }
        return variables;
    }

    private Variable variable(Section section, Symbol symbol, int type) {
        if (symbol.value() < 0 || symbol.size() < 0 || symbol.value() > section.size() - symbol.size()) {
            throw new ObjectException(
                    elf.name() + ": variable " + symbol.name() + " at offset " + symbol.value() + " with "
                            + symbol.size() + " bytes exceeds the " + section.size() + " bytes of " + section.name());
        }
        return new Variable(
                symbol.name(), section.name(), (int) symbol.value(), (int) symbol.size(), type, !symbol.isLocal());
    }
}

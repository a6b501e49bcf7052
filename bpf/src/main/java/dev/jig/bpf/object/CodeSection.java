// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.btf.ExtensionSection;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.elf.Relocation;
import dev.jig.bpf.elf.Section;
import dev.jig.bpf.insn.Bytecode;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An executable section: instructions in this machine's byte order, and relocations by slot. */
final class CodeSection {
    private final Section section;
    private final Bytecode code;
    private final Map<Integer, Relocation> relocations = new HashMap<>();

    private CodeSection(Section section, Bytecode code) {
        this.section = section;
        this.code = code;
    }

    static CodeSection read(ElfFile elf, Section section) {
        if (section.size() % Bytecode.SLOT != 0) {
            throw new ObjectException(elf.name() + ": " + section.name() + " has " + section.size()
                    + " bytes, which are no whole instructions");
        }
        Bytecode code = Bytecode.wrap(elf.bytes(section), elf.byteOrder()).toOrder(ByteOrder.nativeOrder());
        CodeSection result = new CodeSection(section, code);
        for (Relocation relocation : elf.relocations(section, code.slots())) {
            result.add(elf, relocation);
        }
        return result;
    }

    private void add(ElfFile elf, Relocation relocation) {
        long offset = relocation.offset();
        if (offset % Bytecode.SLOT != 0 || offset < 0 || offset / Bytecode.SLOT >= code.slots()) {
            throw new ObjectException(elf.name() + ": " + section.name() + " has a relocation at offset "
                    + Long.toUnsignedString(offset) + ", which is no instruction");
        }
        relocations.put((int) (offset / Bytecode.SLOT), relocation);
    }

    Section section() {
        return section;
    }

    Bytecode code() {
        return code;
    }

    Optional<Relocation> relocationAt(int slot) {
        return Optional.ofNullable(relocations.get(slot));
    }

    Iterable<Relocation> relocations() {
        return relocations.values();
    }

    /** The records about this section, found by its name. */
    Optional<ExtensionSection> recordsIn(List<ExtensionSection> sections) {
        for (ExtensionSection candidate : sections) {
            if (candidate.section().equals(section.name())) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}

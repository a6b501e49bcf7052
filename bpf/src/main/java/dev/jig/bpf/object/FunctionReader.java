// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.elf.Section;
import dev.jig.bpf.elf.SectionType;
import dev.jig.bpf.elf.Symbol;
import dev.jig.bpf.insn.Bytecode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds executable sections and the functions in them. */
final class FunctionReader {
    private static final long MAXIMUM_CODE = 16 << 20;
    private static final int MAXIMUM_FUNCTIONS = 1 << 13;

    private FunctionReader() {}

    /** Executable sections by index. */
    static Map<Integer, CodeSection> readCode(ElfFile elf) {
        Map<Integer, CodeSection> code = new TreeMap<>();
        long bytes = 0;
        for (Section section : elf.sections()) {
            if (section.isExecutable() && section.type() == SectionType.PROGBITS && section.size() != 0) {
                bytes += section.size();
                if (section.size() < 0 || bytes > MAXIMUM_CODE) {
                    throw new ObjectException(elf.name() + ": more than " + MAXIMUM_CODE + " bytes of instructions");
                }
                code.put(section.index(), CodeSection.read(elf, section));
            }
        }
        return code;
    }

    /** All functions, in order of section and then of place. */
    static List<FunctionSpec> readFunctions(ElfFile elf, Map<Integer, CodeSection> code) {
        List<FunctionSpec> functions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Symbol symbol : elf.symbols()) {
            CodeSection section = symbol.isFunction() ? code.get(symbol.section()) : null;
            if (section == null) {
                continue;
            }
            if (!names.add(symbol.name())) {
                throw new ObjectException(elf.name() + ": two functions are named " + symbol.name());
            }
            functions.add(readFunction(elf, symbol, section));
        }
        sort(functions);
        checkApart(elf, functions);
        return functions;
    }

    /** Sorts by place without a lambda; compilers emit symbols in that order but for static functions. */
    private static void sort(List<FunctionSpec> functions) {
        functions.sort(new Comparator<FunctionSpec>() {
            @Override
            public int compare(FunctionSpec one, FunctionSpec other) {
                int bySection = Integer.compare(one.section(), other.section());
                return bySection != 0 ? bySection : Integer.compare(one.firstSlot(), other.firstSlot());
            }
        });
    }

    private static void checkApart(ElfFile elf, List<FunctionSpec> sorted) {
        if (sorted.size() > MAXIMUM_FUNCTIONS) {
            throw new ObjectException(elf.name() + ": more than " + MAXIMUM_FUNCTIONS + " functions");
        }
        for (int i = 1; i < sorted.size(); i++) {
            FunctionSpec before = sorted.get(i - 1);
            FunctionSpec function = sorted.get(i);
            if (before.section() == function.section() && function.firstSlot() < before.firstSlot() + before.slots()) {
                throw new ObjectException(
                        elf.name() + ": functions " + before.name() + " and " + function.name() + " overlap");
            }
        }
    }

    private static FunctionSpec readFunction(ElfFile elf, Symbol symbol, CodeSection section) {
        long bytes = (long) section.code().slots() * Bytecode.SLOT;
        boolean whole = symbol.value() % Bytecode.SLOT == 0 && symbol.size() % Bytecode.SLOT == 0;
        if (!whole
                || symbol.value() < 0
                || symbol.size() <= 0
                || symbol.size() > bytes
                || symbol.value() > bytes - symbol.size()) {
            throw new ObjectException(elf.name() + ": function " + symbol.name() + " at offset " + symbol.value()
                    + " with " + symbol.size() + " bytes is not within the " + bytes + " bytes of "
                    + section.section().name());
        }
        return new FunctionSpec(
                symbol.name(),
                symbol.section(),
                section.section().name(),
                (int) (symbol.value() / Bytecode.SLOT),
                (int) (symbol.size() / Bytecode.SLOT),
                symbol.isLocal(),
                symbol.isHidden());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.elf.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads what the object expects from the kernel, and lays out {@code .kconfig}. */
final class ExternReader {
    static final String CONFIGURATION = ".kconfig";
    static final String SYMBOLS = ".ksyms";

    private final ElfFile elf;
    private final Btf btf;
    private final Map<String, Integer> configuration;
    private final Map<String, Integer> kernelSymbols;

    private ExternReader(ElfFile elf, Btf btf) {
        this.elf = elf;
        this.btf = btf;
        this.configuration = members(CONFIGURATION);
        this.kernelSymbols = members(SYMBOLS);
    }

    /** All externs: variables of the configuration in order of their offset, then kernel symbols in that of the symbol table. */
    static List<Extern> read(ElfFile elf, Btf btf) {
        return new ExternReader(elf, btf).readAll();
    }

    private Map<String, Integer> members(String section) {
        Map<String, Integer> members = new HashMap<>();
        OptionalInt id = btf.find(section, BtfKind.DATA_SECTION);
        if (id.isPresent()) {
            for (int i = 0; i < btf.elementCount(id.getAsInt()); i++) {
                int member = btf.sectionVariableType(id.getAsInt(), i);
                members.put(btf.name(member), member);
            }
        }
        return members;
    }

    private List<Extern> readAll() {
        List<ConfigurationVariable> variables = new ArrayList<>();
        List<Extern> symbols = new ArrayList<>();
        for (Symbol symbol : elf.symbols()) {
            if (!symbol.isUndefined() || symbol.isLocal() || symbol.name().isEmpty()) {
                continue;
            }
            Integer variable = configuration.get(symbol.name());
            if (variable != null) {
                variables.add(ConfigurationVariable.of(btf, elf.name(), symbol, variable));
            } else {
                symbols.add(kernelSymbol(symbol));
            }
        }
        List<Extern> externs = new ArrayList<>(ConfigurationVariable.layOut(variables));
        externs.addAll(symbols);
        return externs;
    }

    private Extern kernelSymbol(Symbol symbol) {
        Integer member = kernelSymbols.get(symbol.name());
        if (member == null) {
            throw new ObjectException(elf.name() + ": " + symbol.name()
                    + " is declared, but neither defined here nor marked as __kconfig or __ksym");
        }
        if (btf.kind(member) == BtfKind.FUNCTION) {
            return new Extern.KernelFunction(symbol.name(), symbol.isWeak(), btf.target(member));
        }
        int type = btf.target(member);
        // Only the address is wanted of a symbol of type void, whatever qualifies the void.
        boolean typed = btf.kind(btf.resolve(type)) != BtfKind.VOID;
        return new Extern.KernelSymbol(symbol.name(), symbol.isWeak(), typed ? btf.resolve(type) : 0);
    }
}

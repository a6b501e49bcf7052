// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfEditor;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.BtfSanitizer;
import dev.jig.bpf.btf.BtfSupport;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.btf.Linkage;
import dev.jig.bpf.elf.Section;
import dev.jig.bpf.elf.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes the BTF of an object fit to be given to the kernel: compilers leave places of variables to the loader, and externs are not what the kernel
 * wants to see. Ids and string offsets stay as they are in the object.
 */
public final class ObjectTypes {
    private final ObjectFile object;
    private final Btf btf;
    private final BtfEditor editor;
    private final Set<Integer> laidOut = new HashSet<>();
    private int integer;
    private int dummy;

    private ObjectTypes(ObjectFile object) {
        this.object = requireNonNull(object, "object");
        this.btf = object.btf();
        this.editor = new BtfEditor(btf);
    }

    /** The blob for {@code BPF_BTF_LOAD} on a kernel with this support, in this machine's byte order. */
    public static byte[] encode(ObjectFile object, BtfSupport support) {
        ObjectTypes types = new ObjectTypes(object);
        int count = object.btf().typeCount();
        for (int id = 1; id < count; id++) {
            if (object.btf().kind(id) == BtfKind.DATA_SECTION) {
                types.fixSection(id);
            }
        }
        types.hideFunctions(count);
        new BtfSanitizer(types.editor, support).run();
        return types.editor.build();
    }

    private void fixSection(int id) {
        String name = btf.name(id);
        switch (name) {
            case ExternReader.CONFIGURATION -> layOutConfiguration(id);
            case ExternReader.SYMBOLS -> layOutSymbols(id);
            default -> {
                Optional<Section> section = object.elf().section(name);
                if (section.isPresent()) {
                    layOut(id, section.get());
                }
            }
        }
    }

    private void layOut(int id, Section section) {
        if (!laidOut.add(section.index())) {
            throw new ObjectException(object.name() + ": two types describe section " + section.name());
        }
        Map<String, Symbol> symbols = symbolsOf(section);
        List<BtfType.SectionVariable> variables = new ArrayList<>();
        for (int i = 0; i < btf.elementCount(id); i++) {
            int variable = btf.sectionVariableType(id, i);
            int size = btf.sectionVariableSize(id, i);
            // Static variables have their offset already, and another name here than in the symbol table.
            boolean placed = btf.kind(variable) != BtfKind.VARIABLE || btf.linkage(variable) == Linkage.STATIC;
            Symbol symbol = placed ? null : symbols.get(btf.name(variable));
            int offset = symbol == null ? btf.sectionVariableOffset(id, i) : (int) symbol.value();
            variables.add(new BtfType.SectionVariable(variable, offset, size == 0 ? btf.sizeOf(variable) : size));
        }
        editor.setDataSection(id, (int) section.size(), variables);
    }

    private Map<String, Symbol> symbolsOf(Section section) {
        Map<String, Symbol> symbols = new HashMap<>();
        for (Symbol symbol : object.elf().symbols()) {
            if (symbol.section() == section.index() && symbol.type() == Symbol.TYPE_OBJECT) {
                symbols.put(symbol.name(), symbol);
            }
        }
        return symbols;
    }

    private void layOutConfiguration(int id) {
        int end = 0;
        List<BtfType.SectionVariable> variables = new ArrayList<>();
        for (int i = 0; i < btf.elementCount(id); i++) {
            int variable = btf.sectionVariableType(id, i);
            String name = btf.name(variable);
            if (!(object.extern(name).orElse(null) instanceof Extern.KernelConfiguration placed)) {
                throw new ObjectException(object.name() + ": " + name + " is in .kconfig, but no symbol");
            }
            editor.setLinkage(variable, Linkage.GLOBAL);
            variables.add(new BtfType.SectionVariable(variable, placed.offset(), placed.size()));
            end = Math.max(end, placed.offset() + placed.size());
        }
        editor.setDataSection(id, end, variables);
    }

    /** The kernel knows no section of externs, so they become integers side by side. */
    private void layOutSymbols(int id) {
        int count = btf.elementCount(id);
        List<BtfType.SectionVariable> variables = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int member = btf.sectionVariableType(id, i);
            if (btf.kind(member) == BtfKind.FUNCTION) {
                editor.nameParameters(btf.target(member), "arg");
                editor.setLinkage(member, Linkage.GLOBAL);
                member = dummyVariable();
            } else {
                editor.setLinkage(member, Linkage.GLOBAL);
                editor.setTarget(member, integerType());
            }
            variables.add(new BtfType.SectionVariable(member, i * Integer.BYTES, Integer.BYTES));
        }
        editor.setDataSection(id, count * Integer.BYTES, variables);
    }

    private int integerType() {
        if (integer == 0) {
            OptionalInt known = btf.find("int", BtfKind.INT);
            integer = known.isPresent() ? known.getAsInt() : editor.addInteger("int", Integer.BYTES, true);
        }
        return integer;
    }

    private int dummyVariable() {
        if (dummy == 0) {
            int type = integerType();
            dummy = editor.addVariable("dummy_ksym", type, Linkage.GLOBAL);
        }
        return dummy;
    }

    /** A function that is hidden in its object may be verified as a static one: with its callers, not on its own. */
    private void hideFunctions(int count) {
        Map<String, FunctionSpec> hidden = new HashMap<>();
        for (FunctionSpec function : object.functions()) {
            if (function.hidden() && function.sectionName().equals(".text")) {
                hidden.put(function.name(), function);
            }
        }
        if (hidden.isEmpty()) {
            return;
        }
        for (int id = 1; id < count; id++) {
            if (btf.kind(id) == BtfKind.FUNCTION && hidden.containsKey(btf.name(id))) {
                editor.setLinkage(id, Linkage.STATIC);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.ExtensionSection;
import dev.jig.bpf.core.RelocationKind;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.elf.Relocation;
import dev.jig.bpf.elf.Section;
import dev.jig.bpf.elf.Symbol;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.object.Extern;
import dev.jig.bpf.object.FunctionSpec;
import dev.jig.bpf.object.ObjectFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What relocations, line records and CO-RE relocations say about the instructions of one section. */
final class SectionAnnotations {
    private static final String[] CORE_KINDS = {
        "byte_off",
        "byte_sz",
        "field_exists",
        "signed",
        "lshift_u64",
        "rshift_u64",
        "local_type_id",
        "target_type_id",
        "type_exists",
        "type_size",
        "enumval_exists",
        "enumval_value",
        "type_matches"
    };

    private final ObjectFile object;
    private final Section section;
    private final Map<Long, String> functions;
    private final Bytecode code;
    private final Map<Integer, Relocation> relocations = new HashMap<>();
    private final Optional<ExtensionSection> lines;
    private final Optional<ExtensionSection> cores;

    /**
     * @param functions names by {@link #place}
     */
    SectionAnnotations(ObjectFile object, Section section, Map<Long, String> functions) {
        this.object = object;
        this.functions = functions;
        this.section = section;
        ElfFile elf = object.elf();
        this.code = Bytecode.wrap(elf.bytes(section), elf.byteOrder());
        for (Relocation relocation : elf.relocations(section, code.slots())) {
            relocations.put((int) (relocation.offset() / Bytecode.SLOT), relocation);
        }
        this.lines = recordsOf(object.extension().lines());
        this.cores = recordsOf(object.extension().relocations());
    }

    private Optional<ExtensionSection> recordsOf(List<ExtensionSection> all) {
        for (ExtensionSection records : all) {
            if (records.section().equals(section.name())) {
                return Optional.of(records);
            }
        }
        return Optional.empty();
    }

    Bytecode code() {
        return code;
    }

    /**
     * What an instruction refers to.
     *
     * @param offset in a data section
     */
    record Target(ReferenceKind kind, Optional<String> name, long offset) {
        static final Target NONE = new Target(ReferenceKind.NONE, Optional.empty(), 0);

        static Target of(ReferenceKind kind, String name) {
            return new Target(kind, Optional.of(name), 0);
        }
    }

    Target target(int slot, FunctionSpec function) {
        Relocation relocation = relocations.get(slot);
        if (relocation == null) {
            return code.isFunctionCall(slot) ? near(slot, function) : Target.NONE;
        }
        Symbol symbol = object.elf().symbols().get(relocation.symbol());
        boolean call = code.opcode(slot) == Opcode.CALL;
        if (symbol.isUndefined()) {
            return undefined(symbol, call);
        }
        return call ? called(slot, symbol) : loaded(slot, symbol);
    }

    /** A call within the section has its distance already. */
    private Target near(int slot, FunctionSpec function) {
        Target target = functionAt(
                section.index(), (long) (slot + code.immediate(slot) + 1) * Bytecode.SLOT, ReferenceKind.FUNCTION_CALL);
        return target.name().filter(function.name()::equals).isPresent() ? Target.NONE : target;
    }

    private Target undefined(Symbol symbol, boolean call) {
        Extern extern = object.extern(symbol.name()).orElse(null);
        if (extern instanceof Extern.KernelConfiguration) {
            return new Target(ReferenceKind.CONFIGURATION, Optional.empty(), 0);
        }
        boolean function = call || extern instanceof Extern.KernelFunction;
        return Target.of(function ? ReferenceKind.KERNEL_FUNCTION : ReferenceKind.KERNEL_SYMBOL, symbol.name());
    }

    private Target called(int slot, Symbol symbol) {
        return symbol.isSection()
                ? functionAt(symbol.section(), (code.immediate(slot) + 1L) * Bytecode.SLOT, ReferenceKind.FUNCTION_CALL)
                : Target.of(ReferenceKind.FUNCTION_CALL, symbol.name());
    }

    private Target loaded(int slot, Symbol symbol) {
        if (symbol.section() >= object.elf().sections().size()) {
            return Target.NONE;
        }
        Section target = object.elf().sections().get(symbol.section());
        if (target.isExecutable()) {
            // Whatever the symbol: upstream takes the first function for a pointer to a global one, and so does this.
            return functionAt(target.index(), code.immediate(slot), ReferenceKind.FUNCTION_POINTER);
        }
        if (target.name().equals(".maps") || target.name().startsWith("maps")) {
            return Target.of(ReferenceKind.MAP, symbol.name());
        }
        long offset = symbol.isSection() ? code.immediate(slot) : symbol.value();
        return new Target(ReferenceKind.DATA, Optional.of(target.name()), offset);
    }

    private Target functionAt(int sectionIndex, long offset, ReferenceKind kind) {
        String name = functions.get(place(sectionIndex, offset));
        return name == null ? Target.NONE : Target.of(kind, name);
    }

    /** A key for functions: section and byte offset. */
    static long place(int sectionIndex, long offset) {
        return (long) sectionIndex << 40 ^ offset;
    }

    /** The text of the source line recorded for exactly this instruction. */
    Optional<String> line(int slot) {
        return recordAt(lines, slot)
                .map(record -> object.btf().string(lines.orElseThrow().word(record, 2) & 0xffff_ffffL));
    }

    /** The CO-RE relocation of this instruction. */
    Optional<String> core(int slot) {
        return recordAt(cores, slot).map(this::coreText);
    }

    private static Optional<Integer> recordAt(Optional<ExtensionSection> records, int slot) {
        long offset = (long) slot * Bytecode.SLOT;
        if (records.isEmpty()) {
            return Optional.empty();
        }
        int first = records.get().firstAt(offset);
        boolean exact = first < records.get().count() && records.get().instructionOffset(first) == offset;
        return exact ? Optional.of(first) : Optional.empty();
    }

    private String coreText(int record) {
        ExtensionSection records = cores.orElseThrow();
        Btf btf = object.btf();
        int kind = RelocationKind.of(records.word(record, 3)).number();
        int type = records.word(record, 1);
        String access = btf.string(records.word(record, 2) & 0xffff_ffffL);
        return "CORERelocation(" + CORE_KINDS[kind] + ", " + typeName(btf, type) + "[" + access + "], local_id=" + type
                + ")";
    }

    private static String typeName(Btf btf, int type) {
        String kind = switch (btf.kind(type)) {
            case STRUCT -> "Struct";
            case UNION -> "Union";
            case ENUM, ENUM64 -> "Enum";
            case TYPEDEF -> "Typedef";
            case INT -> "Int";
            case POINTER -> "Pointer";
            case ARRAY -> "Array";
            case FORWARD -> "Fwd";
            case FUNCTION -> "Func";
            case FUNCTION_PROTOTYPE -> "FuncProto";
            case VARIABLE -> "Var";
            case DATA_SECTION -> "Datasec";
            case FLOAT -> "Float";
            case VOLATILE -> "Volatile";
            case CONST -> "Const";
            case RESTRICT -> "Restrict";
            case DECLARATION_TAG -> "declTag";
            case TYPE_TAG -> "typeTag";
            case VOID -> "Void";
        };
        return kind + ":\"" + btf.name(type) + "\"";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfExtension;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.elf.Section;
import dev.jig.bpf.insn.Bytecode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What an eBPF object declares: programs, maps, variables and what it wants from the kernel. Immutable and independent of the machine it is read on; a
 * {@link Linker} makes loadable programs of it.
 */
public final class ObjectFile {
    private final ElfFile elf;
    private final Btf btf;
    private final BtfExtension extension;
    private final Map<Integer, CodeSection> code;
    private final List<FunctionSpec> functions;
    private final List<ProgramSpec> programs;
    private final Map<Long, MapSpec> maps;
    private final Map<Integer, DataSection> dataSections;
    private final List<Extern> externs;
    private final Map<String, Extern> externsByName = new HashMap<>();
    private final Map<Long, FunctionSpec> functionsByPlace = new HashMap<>();

    private ObjectFile(ElfFile elf, Btf btf, BtfExtension extension) {
        this.elf = elf;
        this.btf = btf;
        this.extension = extension;
        this.code = FunctionReader.readCode(elf);
        this.functions = List.copyOf(FunctionReader.readFunctions(elf, code));
        this.programs = programsAmong(functions, code);
        this.maps = MapReader.read(elf, btf);
        this.externs = List.copyOf(ExternReader.read(elf, btf));
        this.dataSections = new TreeMap<>(DataReader.read(elf, btf, code.values()));
        for (Extern extern : externs) {
            externsByName.put(extern.name(), extern);
        }
        for (FunctionSpec function : functions) {
            functionsByPlace.put(place(function.section(), function.firstSlot()), function);
        }
    }

    /** Reads an object. Its bytes are copied. */
    public static ObjectFile parse(String name, MemorySegment bytes) {
        return parse(name, bytes.toArray(ValueLayout.JAVA_BYTE));
    }

    /** Reads an object from an array, which must not be changed later. */
    public static ObjectFile parse(String name, byte[] bytes) {
        ElfFile elf = ElfFile.parse(requireNonNull(name, "name"), bytes);
        if (elf.machine() != ElfFile.MACHINE_BPF && elf.machine() != 0) {
            throw new ObjectException(name + ": is for ELF machine " + elf.machine() + ", not for eBPF (247)");
        }
        Optional<Section> types = elf.section(".BTF");
        if (types.isEmpty()) {
            throw new ObjectException(name + ": has no section .BTF; compile it with -g");
        }
        Btf btf = Btf.parse(name + ": .BTF", elf.bytes(types.get()));
        Optional<Section> extension = elf.section(".BTF.ext");
        return new ObjectFile(
                elf,
                btf,
                extension.isPresent()
                        ? BtfExtension.parse(name + ": .BTF.ext", elf.bytes(extension.get()), btf)
                        : BtfExtension.empty());
    }

    private static List<ProgramSpec> programsAmong(List<FunctionSpec> functions, Map<Integer, CodeSection> code) {
        List<ProgramSpec> programs = new ArrayList<>();
        for (FunctionSpec function : functions) {
            CodeSection section = code.get(function.section());
            if (section != null && !function.sectionName().equals(".text")) {
                programs.add(new ProgramSpec(SectionName.parse(function.sectionName()), function, section.code()));
            }
        }
        return List.copyOf(programs);
    }

    /** The name it was given, for messages. */
    public String name() {
        return elf.name();
    }

    /** The file it was read from. */
    public ElfFile elf() {
        return elf;
    }

    /** Its types, as compiled. */
    public Btf btf() {
        return btf;
    }

    /** Its line information and relocations. */
    public BtfExtension extension() {
        return extension;
    }

    /** The licence its programs are under, empty if none is stated. */
    public String license() {
        for (Section section : elf.sections()) {
            if (section.name().startsWith("license")) {
                byte[] text = elf.bytes(section);
                int length = 0;
                while (length < text.length && text[length] != 0) {
                    length++;
                }
                return new String(text, 0, length, StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    /** The kernel version its programs are for, 0 if none is stated. */
    public int version() {
        for (Section section : elf.sections()) {
            if (section.name().startsWith("version") && section.size() == Integer.BYTES) {
                return ByteBuffer.wrap(elf.bytes(section))
                        .order(elf.byteOrder())
                        .getInt();
            }
        }
        return 0;
    }

    /** Entry points, in order of section and place. */
    public List<ProgramSpec> programs() {
        return programs;
    }

    /** The program with this function name. */
    public Optional<ProgramSpec> program(String function) {
        for (ProgramSpec program : programs) {
            if (program.name().equals(function)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    /**
     * A program made of a function in {@code .text}, as if it stood in a section of this name.
     *
     * @throws ObjectException when there is no such function, or it is static: compilers may change how those are called
     */
    public ProgramSpec programOf(String function, String section) {
        for (FunctionSpec spec : functions) {
            if (spec.name().equals(function) && spec.sectionName().equals(".text") && !spec.local()) {
                return new ProgramSpec(
                        SectionName.parse(section), spec, codeOf(spec).code());
            }
        }
        throw new ObjectException(name() + ": has no global function \"" + function + "\" without section");
    }

    /** All functions, programs and subprograms, in order of section and place. */
    public List<FunctionSpec> functions() {
        return functions;
    }

    /** A copy of a function's instructions as compiled. */
    public Bytecode instructions(FunctionSpec function) {
        return codeOf(function).code().copy(function.firstSlot(), function.slots());
    }

    /** Maps, in order of their place in the object; data sections are not among them. */
    public Collection<MapSpec> maps() {
        return maps.values();
    }

    /** The map of this name. */
    public Optional<MapSpec> map(String name) {
        for (MapSpec map : maps.values()) {
            if (map.name().equals(name)) {
                return Optional.of(map);
            }
        }
        return Optional.empty();
    }

    /** The map whose declaration starts at this offset in {@code .maps}. */
    Optional<MapSpec> mapAt(long offset) {
        return Optional.ofNullable(maps.get(offset));
    }

    /** Sections of variables in file order, and {@code .kconfig} last if the object has such variables. */
    public List<DataSection> dataSections() {
        List<DataSection> sections = new ArrayList<>(dataSections.values());
        Optional<DataSection> configuration = kernelConfiguration();
        if (configuration.isPresent()) {
            sections.add(configuration.get());
        }
        return sections;
    }

    Optional<DataSection> dataSection(int index) {
        return Optional.ofNullable(dataSections.get(index));
    }

    private Optional<DataSection> kernelConfiguration() {
        int size = 0;
        List<Variable> variables = new ArrayList<>();
        OptionalInt section = btf.find(ExternReader.CONFIGURATION, BtfKind.DATA_SECTION);
        for (Extern extern : externs) {
            if (extern instanceof Extern.KernelConfiguration variable) {
                size = variable.offset() + variable.size();
                variables.add(new Variable(
                        variable.name(), ExternReader.CONFIGURATION, variable.offset(), variable.size(), 0, true));
            }
        }
        return variables.isEmpty()
                ? Optional.empty()
                : Optional.of(new DataSection(
                        ExternReader.CONFIGURATION,
                        DataSection.Kind.KERNEL_CONFIGURATION,
                        new byte[size],
                        variables,
                        section.orElse(0)));
    }

    /** The global variable of this name in any data section. */
    public Optional<Variable> variable(String name) {
        for (DataSection section : dataSections.values()) {
            for (Variable variable : section.variables()) {
                if (variable.global() && variable.name().equals(name)) {
                    return Optional.of(variable);
                }
            }
        }
        return Optional.empty();
    }

    /** What programs expect from the kernel. */
    public List<Extern> externs() {
        return externs;
    }

    /** The extern of this name. */
    public Optional<Extern> extern(String name) {
        return Optional.ofNullable(externsByName.get(name));
    }

    private static long place(int section, long slot) {
        return (long) section << 32 | slot;
    }

    /** The function that starts with this instruction of a section. */
    Optional<FunctionSpec> functionAt(int section, long slot) {
        return slot < 0 || slot > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.ofNullable(functionsByPlace.get(place(section, slot)));
    }

    /** The section that a function of this object is in. */
    CodeSection codeOf(FunctionSpec function) {
        CodeSection section = code.get(function.section());
        if (section == null) {
            throw new ObjectException(name() + ": function " + function.name() + " is of another object");
        }
        return section;
    }

    Optional<CodeSection> code(int section) {
        return Optional.ofNullable(code.get(section));
    }
}

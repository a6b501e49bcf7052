// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.core.CoreNeed;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.DataSection;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.Reference;
import dev.jig.bpf.object.Variable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is known of a program before it is followed: functions, references, variables. */
final class ProgramModel {
    final LinkedProgram program;
    final Bytecode code;
    final Map<Integer, CoreNeed> needs;
    private final ObjectFile object;
    private final FlowOptions options;
    private final Map<Integer, Reference> references = new HashMap<>();
    private final Map<String, DataSection> sections = new HashMap<>();
    private final Map<String, MapSpec> maps = new HashMap<>();
    private final List<ControlFlow> functions = new ArrayList<>();

    ProgramModel(ObjectFile object, LinkedProgram program, FlowOptions options) {
        this.object = object;
        this.program = program;
        this.code = program.code();
        this.needs = options.asLoaded() ? Map.of() : program.coreNeeds();
        this.options = options;
        program.references().forEach(reference -> references.put(reference.instruction(), reference));
        object.dataSections().forEach(section -> sections.put(section.name(), section));
        object.maps().forEach(map -> maps.put(map.name(), map));
        for (int i = 0; i < program.functions().size(); i++) {
            functions.add(new ControlFlow(code, firstSlot(i), endSlot(i)));
        }
    }

    int firstSlot(int function) {
        return program.functions().get(function).firstSlot();
    }

    int endSlot(int function) {
        return function + 1 < program.functions().size() ? firstSlot(function + 1) : code.slots();
    }

    ControlFlow flow(int function) {
        return functions.get(function);
    }

    int functionCount() {
        return functions.size();
    }

    String functionName(int function) {
        return program.functions().get(function).function().name();
    }

    /** The function that starts in a slot. */
    Optional<Integer> functionAt(int slot) {
        for (int i = 0; i < functions.size(); i++) {
            if (firstSlot(i) == slot) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    Optional<Reference> reference(int slot) {
        return Optional.ofNullable(references.get(slot));
    }

    /** Whether a symbol is known to be missing in the kernel, so that its address is 0. */
    boolean isAbsent(String symbol) {
        return options.absent().contains(symbol);
    }

    boolean isMapOfMaps(String map) {
        return maps.containsKey(map) && MapType.isMapInMap(maps.get(map).type());
    }

    /** A pointer to a variable. */
    Target.Data data(String section, int offset) {
        return new Target.Data(
                section, variableAt(section, offset).map(Variable::name).orElse(""), offset);
    }

    private Optional<Variable> variableAt(String section, int offset) {
        DataSection data = sections.get(section);
        if (data == null) {
            return Optional.empty();
        }
        for (Variable variable : data.variables()) {
            if (offset >= variable.offset() && offset < variable.offset() + Math.max(1, variable.size())) {
                return Optional.of(variable);
            }
        }
        return Optional.empty();
    }

    /** What a variable holds in each run: constants that nobody can set, and those whose values are given. */
    OptionalLong constant(Target.Data data, int bytes) {
        DataSection section = sections.get(data.section());
        if (section == null || !section.isReadOnly() || data.offset() == Target.ANYWHERE) {
            return OptionalLong.empty();
        }
        Optional<Variable> variable = variableAt(data.section(), data.offset());
        if (variable.isPresent() && options.given().containsKey(variable.get().name())) {
            boolean whole =
                    variable.get().offset() == data.offset() && variable.get().size() == bytes;
            return whole ? OptionalLong.of(options.given().get(variable.get().name())) : OptionalLong.empty();
        }
        boolean configuration = section.kind() == DataSection.Kind.KERNEL_CONFIGURATION;
        boolean settable = variable.isEmpty() || variable.get().global() && !options.asLoaded() || configuration;
        return settable ? OptionalLong.empty() : number(section.contents(), data.offset(), bytes);
    }

    private OptionalLong number(byte[] contents, int offset, int bytes) {
        if (offset < 0 || offset > contents.length - bytes) {
            return OptionalLong.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(contents).order(objectOrder());
        return OptionalLong.of(
                switch (bytes) {
                    case 1 -> buffer.get(offset) & 0xffL;
                    case 2 -> buffer.getShort(offset) & 0xffffL;
                    case 4 -> buffer.getInt(offset) & 0xffff_ffffL;
                    default -> buffer.getLong(offset);
                });
    }

    private ByteOrder objectOrder() {
        return object.elf().byteOrder();
    }
}

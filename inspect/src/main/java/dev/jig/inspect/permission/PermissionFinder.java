// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.permission;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.map.MapMemory;
import dev.jig.bpf.map.MapTypeNames;
import dev.jig.bpf.object.Extern;
import dev.jig.bpf.object.FunctionSpec;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.object.Reference;
import dev.jig.bpf.object.SectionName;
import dev.jig.inspect.flow.ObjectFlow;
import dev.jig.inspect.flow.ProgramFlow;
import dev.jig.operators.ebpf.Privileges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds in an object what it may do. Alternatives count, whichever would be taken. */
public final class PermissionFinder {
    private final ObjectFile object;
    private final Meanings meanings = new Meanings();
    private final List<Permission> found = new ArrayList<>();

    private PermissionFinder(ObjectFile object) {
        this.object = object;
    }

    /** All permissions of an object, and what a Wasm module of the same image takes from its host. */
    public static Permissions of(ObjectFile object, List<String> wasmImports) {
        PermissionFinder finder = new PermissionFinder(object);
        finder.addPrograms();
        finder.addMaps();
        wasmImports.forEach(name -> finder.add(Permission.Kind.WASM, name, "", false));
        return new Permissions(finder.found);
    }

    /**
     * Whether a look at instructions and types of programs is enough to say that an object only observes. Takes a thousandth of the time of {@link #of}; where
     * it says no, only that can tell.
     */
    public static boolean plainlyObserves(ObjectFile object) {
        Meanings meanings = new Meanings();
        for (ProgramSpec program : ObjectFlow.programs(object)) {
            SectionName section = program.section();
            if (!Meanings.onlyLooks(section.type(), section.prefix())) {
                return false;
            }
        }
        for (Extern extern : object.externs()) {
            if (extern instanceof Extern.KernelFunction function && !Meanings.isHarmless(function.name())) {
                return false;
            }
        }
        for (FunctionSpec function : object.functions()) {
            for (String helper : Privileges.helpers(object.instructions(function))) {
                if (meanings.actsByHelper(helper)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void add(Permission.Kind kind, String subject, String meaning, boolean acts) {
        found.add(new Permission(kind, subject, meaning, acts));
    }

    private void addPrograms() {
        Linker linker = Linker.asCompiled(object);
        Map<String, ProgramFlow> verdicts = flowsOfDeciding();
        Set<String> fields = new TreeSet<>();
        for (ProgramSpec program : ObjectFlow.programs(object)) {
            SectionName section = program.section();
            LinkedProgram linked = linker.link(program);
            add(Permission.Kind.TYPE, section.type().title(), "", false);
            String hook = section.text().startsWith("?") ? section.text().substring(1) : section.text();
            add(Permission.Kind.HOOK, hook, "", false);
            addVerdict(program, Optional.ofNullable(verdicts.get(program.name())));
            addCalls(linked);
            linked.coreNeeds().values().forEach(need -> fields.add(need.subject()));
            for (String capability : Privileges.ofProgram(section, linked.code())) {
                add(Permission.Kind.CAPABILITY, capability, "", false);
            }
        }
        fields.forEach(field -> add(Permission.Kind.FIELD, field, "", false));
    }

    /** Only programs whose results decide something need be followed. */
    private Map<String, ProgramFlow> flowsOfDeciding() {
        Map<String, ProgramFlow> flows = new TreeMap<>();
        List<ProgramSpec> deciding = new ArrayList<>();
        for (ProgramSpec program : ObjectFlow.programs(object)) {
            SectionName section = program.section();
            boolean decides = !Meanings.onlyLooks(section.type(), section.prefix());
            if (decides && Meanings.neutralResults(section.type()).isPresent()) {
                deciding.add(program);
            }
        }
        ObjectFlow.of(object, deciding).forEach(flow -> flows.put(flow.name(), flow));
        return flows;
    }

    private void addVerdict(ProgramSpec program, Optional<ProgramFlow> flow) {
        ProgramType type = program.section().type();
        if (Meanings.onlyLooks(type, program.section().prefix()) || type == ProgramType.SOCKET_FILTER) {
            // A filter on a socket of the gadget's own decides what that socket gets, nothing else.
            return;
        }
        Optional<Set<Long>> neutral = Meanings.neutralResults(type);
        boolean returnsNeutral = neutral.isPresent()
                && flow.isPresent()
                && flow.get().resultKnown()
                && neutral.get().containsAll(flow.get().results())
                && (!flow.get().passesContext() || type == ProgramType.LSM || type == ProgramType.TRACING);
        if (!returnsNeutral) {
            add(Permission.Kind.VERDICT, type.title(), Meanings.verdict(type), true);
        }
        boolean writes = flow.isPresent() && flow.get().outsideWrites() > 0 && Meanings.holdsPackets(type);
        if (writes) {
            add(Permission.Kind.VERDICT, type.title() + " data", "can change packets or their metadata", true);
        }
    }

    private void addCalls(LinkedProgram program) {
        Bytecode code = program.code();
        for (String helper : Privileges.helpers(code)) {
            found.add(meanings.helper(helper));
        }
        program.references().forEach(reference -> {
            if (reference instanceof Reference.ToKernelFunction function) {
                found.add(Meanings.kernelFunction(function.name()));
            }
        });
    }

    private void addMaps() {
        for (MapSpec map : object.maps()) {
            long bytes = bytes(map);
            add(
                    Permission.Kind.MAP,
                    map.name(),
                    MapTypeNames.of(map.type()) + (bytes == 0 ? "" : ", at most " + bytes + " bytes"),
                    false);
            for (String capability : Privileges.ofMap(map.type())) {
                add(Permission.Kind.CAPABILITY, capability, "", false);
            }
        }
    }

    /** Bytes of a map's elements at most, 0 if they cannot be told; for one processor, as the number of those is the machine's. */
    public static long bytes(MapSpec map) {
        MapDefinition definition =
                MapDefinition.of(map.name(), map.type(), map.keySize(), map.valueSize(), map.maxEntries());
        return MapMemory.estimate(definition, 1);
    }
}

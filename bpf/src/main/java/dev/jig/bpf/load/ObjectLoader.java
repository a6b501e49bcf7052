// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.object.VariableValues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Says how an object shall be loaded, and loads it: creates maps, fills and freezes data sections, links and loads
 * programs. Used once.
 */
public final class ObjectLoader {
    private final ObjectFile object;
    private final KernelTypes kernel;
    private final VariableValues variables;
    private final Map<String, MapSpec> specs = new LinkedHashMap<>();
    private final Map<String, BpfMap> replacements = new HashMap<>();
    private final Set<String> excluded = new HashSet<>();

    /**
     * @param kernel the types to relocate against and to attach to
     */
    public ObjectLoader(ObjectFile object, KernelTypes kernel) {
        this.object = requireNonNull(object, "object is null");
        this.kernel = requireNonNull(kernel, "kernel is null");
        this.variables = new VariableValues(object);
        object.maps().forEach(map -> specs.put(map.name(), map));
        for (ProgramSpec program : object.programs()) {
            if (!program.section().autoload()) {
                excluded.add(program.name());
            }
        }
    }

    /** The variables, to be set before loading. */
    public VariableValues variables() {
        return variables;
    }

    /**
     * Changes what a map shall be.
     *
     * @throws BpfException when the object has no such map
     */
    public ObjectLoader adjustMap(String name, UnaryOperator<MapSpec> change) {
        specs.put(name, change.apply(spec(name)));
        return this;
    }

    /** What a map will be. */
    public MapSpec spec(String name) {
        MapSpec spec = specs.get(name);
        if (spec == null) {
            throw new BpfException("object \"" + object.name() + "\" has no map \"" + name + "\"");
        }
        return spec;
    }

    /**
     * Uses a map of the caller in place of the object's own; it stays the caller's. A map that differs from what the object declares is not used:
     * programs were compiled for theirs.
     *
     * @return why it is not used, for a warning; empty when it is
     * @throws BpfException when the object has no such map
     */
    public Optional<String> replaceMap(String name, BpfMap map) {
        Optional<String> difference = MapDifference.between(spec(name), map.definition());
        if (difference.isEmpty()) {
            replacements.put(name, map);
        }
        return difference.map(text -> "map \"" + name + "\" is not replaced: " + text);
    }

    /** Leaves a program out. */
    public ObjectLoader exclude(String program) {
        excluded.add(program);
        return this;
    }

    /** Loads a program that its section's name would leave out. */
    public ObjectLoader include(String program) {
        excluded.remove(program);
        return this;
    }

    /**
     * Loads everything. On failure nothing is left in the kernel.
     *
     * @throws BpfException when the kernel refuses a map or program; a {@link ProgramRejectedException} explains the
     *     latter
     */
    public LoadedObject load() {
        LoadedObject loaded = new LoadedObject(object);
        try {
            LoadedTypes types = LoadedTypes.load(object);
            loaded.own(types);
            new MapCreator(object, loaded, types, specs, replacements).createAll();
            new DataSectionCreator(object, variables, loaded, types).createAll();
            Linker linker = new Linker(object, kernel.coreTargets());
            ModuleTypes modules = new ModuleTypes();
            loaded.own(modules);
            ProgramLoader programs = new ProgramLoader(loaded, kernel, types, modules);
            for (ProgramSpec program : object.programs()) {
                if (!excluded.contains(program.name())) {
                    programs.load(linker.link(program));
                }
            }
            new SlotFiller(loaded).fillAll(specs.values());
            return loaded;
        } catch (RuntimeException failure) {
            loaded.close();
            throw failure;
        }
    }
}

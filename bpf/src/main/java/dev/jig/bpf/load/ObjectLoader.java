// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.object.Reference;
import dev.jig.bpf.object.VariableValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
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
    private final List<ProgramSpec> added = new ArrayList<>();
    private final Set<String> alternating = new LinkedHashSet<>();
    private final Set<String> needless = new HashSet<>();
    private BiPredicate<ProgramSpec, BpfException> leftOut = (program, refused) -> false;
    private UnaryOperator<LinkedProgram> change = program -> program;
    private BiConsumer<ProgramSpec, ProgramRejectedException> onRefused = (program, refused) -> {};
    private Optional<ProgramSpec> inWork = Optional.empty();

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

    /** Loads a function of the object as a program, before those that the object itself declares; see {@link ObjectFile#programOf}. */
    public ObjectLoader add(ProgramSpec program) {
        added.add(program);
        return this;
    }

    /** Makes a map only when a program uses it. */
    public ObjectLoader makeIfUsed(String map) {
        spec(map);
        needless.add(map);
        return this;
    }

    /** The program that was being linked or loaded when loading failed. */
    public Optional<ProgramSpec> failedProgram() {
        return inWork;
    }

    /** Decides about each program that the kernel refuses whether the object is of use without it. */
    public ObjectLoader leaveOutIf(BiPredicate<ProgramSpec, BpfException> decision) {
        leftOut = decision;
        return this;
    }

    /** What this kernel lacks of the things that a program is loaded for, as a sentence; nothing if it has them all. */
    public Optional<String> missingTarget(ProgramSpec program) {
        try (ModuleTypes modules = new ModuleTypes()) {
            new AttachTargets(kernel, modules).of(program.section());
            return Optional.empty();
        } catch (BpfException missing) {
            return Optional.of(String.valueOf(missing.getMessage()));
        }
    }

    /**
     * Changes programs before they are loaded. A program that the kernel refuses so is loaded as it was.
     *
     * @param change gives the program itself where there is nothing to change
     * @param onRefused told which programs were refused, and why
     */
    public ObjectLoader rewrite(
            UnaryOperator<LinkedProgram> change, BiConsumer<ProgramSpec, ProgramRejectedException> onRefused) {
        this.change = requireNonNull(change, "change is null");
        this.onRefused = requireNonNull(onRefused, "onRefused is null");
        return this;
    }

    /** Loads a program that its section's name would leave out. */
    public ObjectLoader include(String program) {
        excluded.remove(program);
        return this;
    }

    /**
     * Has programs fill one of two maps in turn, so that the other can be read without losing what they add meanwhile; see {@link
     * LoadedObject#alternating}. Where a program cannot be made to, or the kernel refuses it then, the map stays a single one.
     *
     * @throws BpfException when the object has no such map
     */
    public ObjectLoader alternate(String name) {
        spec(name);
        alternating.add(name);
        return this;
    }

    /**
     * Loads everything. On failure nothing is left in the kernel.
     *
     * @throws BpfException when the kernel refuses a map or program; a {@link ProgramRejectedException} explains the
     *     latter
     */
    public LoadedObject load() {
        List<LinkedProgram> linked = link();
        if (!alternating.isEmpty()) {
            Alternation alternation = new Alternation(alternating);
            if (alternation.isPossible(linked)) {
                try {
                    return load(alternation.redirect(linked), alternation);
                } catch (BpfException refused) {
                    // A kernel too old or too careful: what it says of the programs as they are is what counts.
                }
            }
        }
        return load(linked, new Alternation(Set.of()));
    }

    private List<LinkedProgram> link() {
        Linker linker = new Linker(object, kernel.coreTargets());
        List<LinkedProgram> linked = new ArrayList<>();
        for (ProgramSpec program : added) {
            linked.add(link(linker, program));
        }
        for (ProgramSpec program : object.programs()) {
            if (!excluded.contains(program.name())) {
                linked.add(link(linker, program));
            }
        }
        return linked;
    }

    private LinkedProgram link(Linker linker, ProgramSpec program) {
        inWork = Optional.of(program);
        LinkedProgram linked = linker.link(program);
        inWork = Optional.empty();
        return linked;
    }

    /** What the maps to be made shall be: without those that no program uses and that need not be. */
    private Map<String, MapSpec> wanted(List<LinkedProgram> linked) {
        Map<String, MapSpec> wanted = new LinkedHashMap<>(specs);
        Set<String> unused = new HashSet<>(needless);
        for (LinkedProgram program : linked) {
            for (Reference reference : program.references()) {
                if (reference instanceof Reference.ToMap map) {
                    unused.remove(map.map());
                }
            }
        }
        wanted.keySet().removeAll(unused);
        for (MapSpec map : List.copyOf(wanted.values())) {
            for (MapSpec.Slot slot : map.slots()) {
                MapSpec inner = specs.get(slot.name());
                if (inner != null) {
                    wanted.put(slot.name(), inner);
                }
            }
        }
        return wanted;
    }

    private LoadedObject load(List<LinkedProgram> linked, Alternation alternation) {
        LoadedObject loaded = new LoadedObject(object);
        try {
            LoadedTypes types = LoadedTypes.load(object);
            loaded.own(types);
            Map<String, MapSpec> maps = alternation.with(wanted(linked));
            new MapCreator(loaded, types, maps, replacements).createAll();
            new DataSectionCreator(object, variables, loaded, types).createAll();
            ModuleTypes modules = new ModuleTypes();
            loaded.own(modules);
            ProgramLoader programs = new ProgramLoader(loaded, kernel, types, modules);
            for (LinkedProgram program : linked) {
                inWork = Optional.of(program.program());
                loadUnlessLeftOut(programs, program);
            }
            inWork = Optional.empty();
            new SlotFiller(loaded).fillAll(maps.values());
            alternation.register(loaded);
            return loaded;
        } catch (RuntimeException failure) {
            loaded.close();
            throw failure;
        }
    }

    private void loadUnlessLeftOut(ProgramLoader programs, LinkedProgram program) {
        try {
            if (!loadChanged(programs, program)) {
                programs.load(program);
            }
        } catch (BpfException refused) {
            if (!leftOut.test(program.program(), refused)) {
                throw refused;
            }
        }
    }

    /** False when there is nothing to change, or the kernel refuses it. */
    private boolean loadChanged(ProgramLoader programs, LinkedProgram program) {
        LinkedProgram changed = change.apply(program);
        if (changed.equals(program)) {
            return false;
        }
        try {
            programs.load(changed);
            return true;
        } catch (ProgramRejectedException refused) {
            onRefused.accept(program.program(), refused);
            return false;
        }
    }
}

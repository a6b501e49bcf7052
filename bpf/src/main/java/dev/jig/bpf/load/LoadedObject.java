// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.program.BpfProgram;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object in the kernel: its maps and programs, which closing gives up. */
public final class LoadedObject implements AutoCloseable {
    private final ObjectFile object;
    private final Map<String, BpfMap> maps = new LinkedHashMap<>();
    private final Map<String, AlternatingMap> alternating = new LinkedHashMap<>();
    private final Map<String, Program> programs = new LinkedHashMap<>();
    private final List<AutoCloseable> owned = new ArrayList<>();

    /**
     * A loaded program.
     *
     * @param spec what it was made from
     * @param program in the kernel
     */
    public record Program(ProgramSpec spec, BpfProgram program) {}

    LoadedObject(ObjectFile object) {
        this.object = object;
    }

    /** What was loaded. */
    public ObjectFile object() {
        return object;
    }

    /** A map by its name; data sections are named like their sections. */
    public Optional<BpfMap> map(String name) {
        return Optional.ofNullable(maps.get(name));
    }

    /** All maps, data sections included, by name. */
    public Map<String, BpfMap> maps() {
        return Map.copyOf(maps);
    }

    /** A map that can be read while programs fill its twin, if it was asked for and every program can do so. */
    public Optional<AlternatingMap> alternating(String name) {
        return Optional.ofNullable(alternating.get(name));
    }

    void add(AlternatingMap map, String name) {
        alternating.put(name, map);
    }

    /** The programs, in the order of the object. */
    public Collection<Program> programs() {
        return List.copyOf(programs.values());
    }

    /** A program by its name. */
    public Optional<Program> program(String name) {
        return Optional.ofNullable(programs.get(name));
    }

    BpfMap requireMap(String name) {
        return map(name).orElseThrow(() -> new BpfException("map \"" + name + "\" was not created"));
    }

    void addOwned(BpfMap map, String name) {
        maps.put(name, map);
        owned.add(map);
    }

    void addForeign(BpfMap map, String name) {
        maps.put(name, map);
    }

    void add(ProgramSpec spec, BpfProgram program) {
        programs.put(spec.name(), new Program(spec, program));
        owned.add(program);
    }

    void own(AutoCloseable resource) {
        owned.add(resource);
    }

    @Override
    public void close() {
        for (AutoCloseable resource : owned.reversed()) {
            closeOne(resource);
        }
        owned.clear();
    }

    private static void closeOne(AutoCloseable resource) {
        try {
            resource.close();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new AssertionError("kernel objects close without checked exceptions", impossible);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.listing;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.elf.Section;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.object.FunctionSpec;
import dev.jig.bpf.object.ObjectException;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes flat lists of the programs of an object. Not for concurrent use. */
public final class ProgramLister {
    /** Instructions of all flat programs together; the largest gadget known has 40 thousand. */
    private static final int MOST_INSTRUCTIONS = 120_000;

    private final ObjectFile object;
    private final Map<String, FunctionSpec> functions = new HashMap<>();
    private final Map<Long, String> places = new HashMap<>();
    private final Map<Integer, SectionAnnotations> sections = new HashMap<>();
    private final Map<String, FunctionListing> listings = new HashMap<>();
    private int instructions;

    public ProgramLister(ObjectFile object) {
        this.object = requireNonNull(object, "object is null");
        for (FunctionSpec function : object.functions()) {
            functions.put(function.name(), function);
            places.put(
                    SectionAnnotations.place(function.section(), (long) function.firstSlot() * Bytecode.SLOT),
                    function.name());
        }
    }

    /**
     * All programs, sorted by name.
     *
     * @throws ObjectException when they have more instructions than anybody could look at
     */
    public List<FlatProgram> programs() {
        List<FlatProgram> programs = new ArrayList<>();
        for (ProgramSpec program : object.programs()) {
            programs.add(flatten(program.function()));
        }
        programs.sort(Comparator.comparing(FlatProgram::name));
        return programs;
    }

    private FlatProgram flatten(FunctionSpec entry) {
        List<ListedInstruction> flat = new ArrayList<>();
        Deque<String> waiting = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        waiting.add(entry.name());
        seen.add(entry.name());
        while (!waiting.isEmpty()) {
            FunctionListing listing = listing(waiting.removeFirst());
            flat.addAll(listing.instructions());
            count(listing.instructions().size());
            for (String callee : listing.callees()) {
                if (functions.containsKey(callee) && seen.add(callee)) {
                    waiting.add(callee);
                }
            }
        }
        return new FlatProgram(entry.name(), entry.sectionName(), flat);
    }

    private void count(int more) {
        instructions += more;
        if (instructions > MOST_INSTRUCTIONS) {
            throw new ObjectException(
                    object.name() + ": the programs have more than " + MOST_INSTRUCTIONS + " instructions");
        }
    }

    private FunctionListing listing(String name) {
        return listings.computeIfAbsent(name, unknown -> {
            FunctionSpec function = functions.get(name);
            if (function == null) {
                throw new ObjectException(object.name() + ": has no function " + name);
            }
            Section section = object.elf().sections().get(function.section());
            return new FunctionListing(
                    sections.computeIfAbsent(
                            function.section(), index -> new SectionAnnotations(object, section, places)),
                    function);
        });
    }
}

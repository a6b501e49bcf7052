// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.inventory.ProgramFacts;
import dev.jig.datasource.RecordArray;
import dev.jig.operators.RecordFields;
import dev.jig.operators.Sampler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at all programs, or at all gadgets. */
final class BpfStatsSampler implements Sampler {
    /** Longer names are cut by the kernel. */
    private static final int LONGEST_NAME = 15;

    private final KernelView kernel;
    private final GadgetRegistry registry;
    private final Holders.Source holders;
    private final MapMemory memory;
    private final RecordFields<Row> fields;
    private final boolean gadgetsOnly;
    private final boolean fromZero;
    private final Map<Long, String> names = new HashMap<>();
    private Map<Integer, ProgramFacts> before = Map.of();

    /**
     * @param gadgetsOnly whether all programs of a gadget are one row, and no others are shown
     * @param fromZero whether the first report has everything that the kernel ever counted
     */
    BpfStatsSampler(
            KernelView kernel,
            GadgetRegistry registry,
            Holders.Source holders,
            MapMemory memory,
            RecordFields<Row> fields,
            boolean gadgetsOnly,
            boolean fromZero) {
        this.kernel = kernel;
        this.registry = registry;
        this.holders = holders;
        this.memory = memory;
        this.fields = fields;
        this.gadgetsOnly = gadgetsOnly;
        this.fromZero = fromZero;
    }

    @Override
    public void sample(RecordArray array, double seconds) {
        List<GadgetPrograms> gadgets = registry.gadgets();
        Map<Integer, ProgramFacts> now = gadgetsOnly ? programsOf(gadgets) : allPrograms();
        if (seconds > 0) {
            List<Row> rows =
                    gadgetsOnly ? gadgetRows(gadgets, now, seconds) : programRows(gadgets, now.values(), seconds);
            rows.forEach(row -> fields.fill(array.add(), row));
        }
        if (seconds > 0 || !fromZero) {
            before = now;
        }
    }

    private Map<Integer, ProgramFacts> allPrograms() {
        Map<Integer, ProgramFacts> found = new LinkedHashMap<>();
        for (int id : kernel.programs()) {
            kernel.program(id).ifPresent(facts -> found.put(id, facts));
        }
        return found;
    }

    private Map<Integer, ProgramFacts> programsOf(List<GadgetPrograms> gadgets) {
        Map<Integer, ProgramFacts> found = new LinkedHashMap<>();
        for (GadgetPrograms gadget : gadgets) {
            for (int id : gadget.programs()) {
                kernel.program(id).ifPresent(facts -> found.put(id, facts));
            }
        }
        return found;
    }

    private List<Row> gadgetRows(List<GadgetPrograms> gadgets, Map<Integer, ProgramFacts> now, double seconds) {
        memory.begin(gadgets.stream().map(GadgetPrograms::maps).toList(), perfBuffers(gadgets));
        List<Row> rows = new ArrayList<>();
        for (GadgetPrograms gadget : gadgets) {
            long time = 0;
            long runs = 0;
            long total = 0;
            for (int id : gadget.programs()) {
                ProgramFacts facts = now.get(id);
                // One that is gone belonged to a gadget that is going.
                if (facts != null) {
                    time += facts.runTime() - timeBefore(facts);
                    runs += facts.runs() - runsBefore(facts);
                    total += facts.runTime();
                }
            }
            rows.add(new Row(
                    gadget,
                    0,
                    "",
                    "",
                    time,
                    runs,
                    total,
                    seconds,
                    memory.of(gadget.maps()),
                    gadget.maps().size(),
                    "",
                    ""));
        }
        return rows;
    }

    private List<Row> programRows(List<GadgetPrograms> gadgets, Iterable<ProgramFacts> programs, double seconds) {
        Map<Integer, GadgetPrograms> owners = new HashMap<>();
        gadgets.forEach(gadget -> gadget.programs().forEach(id -> owners.put(id, gadget)));
        Holders held = Holders.of(holders.get());
        List<List<Integer>> maps = new ArrayList<>();
        programs.forEach(program -> maps.add(program.maps()));
        memory.begin(maps, perfBuffers(gadgets));
        Set<Long> stillThere = new HashSet<>();
        List<Row> rows = new ArrayList<>();
        for (ProgramFacts program : programs) {
            stillThere.add(key(program));
            rows.add(new Row(
                    owners.getOrDefault(program.id(), GadgetPrograms.NONE),
                    program.id(),
                    name(program),
                    ProgramTypeName.of(program.type()),
                    program.runTime() - timeBefore(program),
                    program.runs() - runsBefore(program),
                    program.runTime(),
                    seconds,
                    memory.of(program.maps()),
                    program.maps().size(),
                    held.names(program.id()),
                    held.pids(program.id())));
        }
        names.keySet().retainAll(stillThere);
        return rows;
    }

    private static Map<Integer, Long> perfBuffers(List<GadgetPrograms> gadgets) {
        Map<Integer, Long> bytes = new HashMap<>();
        gadgets.forEach(gadget -> bytes.putAll(gadget.perfBuffers()));
        return bytes;
    }

    private Optional<ProgramFacts> before(ProgramFacts program) {
        return Optional.ofNullable(before.get(program.id())).filter(old -> old.loadTime() == program.loadTime());
    }

    private long timeBefore(ProgramFacts program) {
        return before(program).map(ProgramFacts::runTime).orElse(0L);
    }

    private long runsBefore(ProgramFacts program) {
        return before(program).map(ProgramFacts::runs).orElse(0L);
    }

    private static long key(ProgramFacts program) {
        return program.loadTime() ^ (long) program.id() << 32;
    }

    private String name(ProgramFacts program) {
        if (program.name().length() < LONGEST_NAME) {
            return program.name();
        }
        return names.computeIfAbsent(
                key(program), ignored -> kernel.functionName(program).orElse(program.name()));
    }
}

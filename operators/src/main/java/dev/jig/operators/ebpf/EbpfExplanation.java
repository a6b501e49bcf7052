// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapMemory;
import dev.jig.bpf.map.MapTypeNames;
import dev.jig.bpf.map.PossibleCpus;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.LockedMemory;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells what a loaded gadget is to the kernel: ways to do its jobs, programs, maps, and what they need. */
final class EbpfExplanation {
    private static final String BYTES = "bytes";

    private final LoadedObject object;
    private final List<JobChoice.Outcome> outcomes;
    private final Configuration configuration;
    private final Map<String, Set<String>> users = new TreeMap<>();

    private EbpfExplanation(LoadedObject object, List<JobChoice.Outcome> outcomes, Configuration configuration) {
        this.object = object;
        this.outcomes = outcomes;
        this.configuration = configuration;
    }

    /** The sections jobs (where there are any), programs, maps and privileges. */
    static List<Explanation> of(LoadedObject object, List<JobChoice.Outcome> outcomes, Configuration configuration) {
        EbpfExplanation explanation = new EbpfExplanation(object, outcomes, configuration);
        List<Explanation> sections = new ArrayList<>();
        if (!outcomes.isEmpty()) {
            sections.add(explanation.jobs());
        }
        sections.add(explanation.programs());
        sections.add(explanation.maps());
        sections.add(explanation.privileges());
        return sections;
    }

    private Explanation jobs() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JobChoice.Outcome outcome : outcomes) {
            String job = outcome.job().name();
            for (JobChoice.Rejection rejection : outcome.rejected()) {
                Map<String, Object> row = variant(job, rejection.variant(), "rejected");
                row.put("reason", rejection.reason());
                rows.add(row);
            }
            for (Job.Variant variant : outcome.job().variants()) {
                boolean rejected = outcome.rejected().stream()
                        .anyMatch(other -> other.variant().equals(variant));
                if (outcome.chosen().filter(variant::equals).isPresent()) {
                    rows.add(variant(job, variant, "chosen"));
                } else if (!rejected) {
                    rows.add(variant(job, variant, "not tried"));
                }
            }
        }
        return new Explanation("jobs", List.of("job", "rank", "name", "hooks", "result", "reason"), rows);
    }

    private static Map<String, Object> variant(String job, Job.Variant variant, String result) {
        List<String> hooks = new ArrayList<>();
        variant.parts().forEach(part -> hooks.add(part.section()));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("job", job);
        row.put("rank", (long) variant.rank());
        variant.name().ifPresent(name -> row.put("name", name));
        row.put("hooks", hooks);
        row.put("result", result);
        return row;
    }

    private Explanation programs() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (LoadedObject.Program program : object.programs()) {
            Bytecode instructions = Bytecode.wrap(program.program().definition().instructions());
            Set<String> needed = Privileges.ofProgram(program.spec().section(), instructions);
            String name = program.spec().name();
            note("program " + name, needed);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("program", name);
            jobOf(name).forEach(job -> row.put("job", job));
            row.put("type", program.spec().section().type().title());
            row.put("hook", program.spec().section().text());
            String target = Attacher.target(program.spec(), configuration);
            if (!target.equals(program.spec().section().attachTo())) {
                row.put("target", target);
            }
            row.put("instructions", (long) instructions.slots());
            putBytes(row, program.program().descriptor());
            row.put("privileges", List.copyOf(needed));
            rows.add(row);
        }
        return new Explanation(
                "programs",
                List.of("program", "job", "type", "hook", "target", "instructions", BYTES, "privileges"),
                rows);
    }

    private List<String> jobOf(String program) {
        List<String> jobs = new ArrayList<>();
        for (JobChoice.Outcome outcome : outcomes) {
            if (outcome.chosen().filter(variant -> variant.has(program)).isPresent()) {
                jobs.add(outcome.job().name());
            }
        }
        return jobs;
    }

    private Explanation maps() {
        List<Map<String, Object>> rows = new ArrayList<>();
        int processors = PossibleCpus.count();
        for (Map.Entry<String, BpfMap> entry : new TreeMap<>(object.maps()).entrySet()) {
            BpfMap map = entry.getValue();
            Set<String> needed = Privileges.ofMap(map.definition().type());
            note("map " + entry.getKey(), needed);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("map", entry.getKey());
            row.put("type", MapTypeNames.of(map.definition().type()));
            row.put("entries", Integer.toUnsignedLong(map.definition().maxEntries()));
            row.put("key", (long) map.definition().keySize());
            row.put("value", (long) map.definition().valueSize());
            String estimate = MapMemory.growsWithElements(map.definition()) ? "most" : "estimated";
            row.put(estimate, MapMemory.estimate(map.definition(), processors));
            putBytes(row, map.descriptor());
            row.put("privileges", List.copyOf(needed));
            rows.add(row);
        }
        return new Explanation(
                "maps",
                List.of("map", "type", "entries", "key", "value", "estimated", "most", BYTES, "privileges"),
                rows);
    }

    private static void putBytes(Map<String, Object> row, FileDescriptor descriptor) {
        LockedMemory.of(descriptor).ifPresent(bytes -> row.put(BYTES, bytes));
    }

    private void note(String user, Set<String> needed) {
        needed.forEach(capability ->
                users.computeIfAbsent(capability, none -> new TreeSet<>()).add(user));
    }

    private Explanation privileges() {
        List<Map<String, Object>> rows = new ArrayList<>();
        users.forEach((capability, by) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("privilege", capability);
            row.put("for", List.copyOf(by));
            rows.add(row);
        });
        return new Explanation("privileges", List.of("privilege", "for"), rows);
    }
}

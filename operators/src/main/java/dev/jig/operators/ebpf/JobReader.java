// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.object.ObjectException;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.gadget.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds the jobs that the markers of an object speak of. */
public final class JobReader {
    private static final int HIGHEST_RANK = 99;

    private final ObjectFile object;
    private final Map<String, Map<Integer, List<Job.Part>>> parts = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> tests = new HashMap<>();
    private final Set<String> optional = new HashSet<>();

    private JobReader(ObjectFile object) {
        this.object = object;
    }

    /** The jobs of an object, by name. */
    public static List<Job> read(ObjectFile object) {
        return of(object, new MarkerReader(object.btf(), Log.NONE).read());
    }

    /**
     * The jobs among markers, by name.
     *
     * @throws dev.jig.gadget.GadgetException when a marker names what the object does not have
     */
    static List<Job> of(ObjectFile object, List<Marker> markers) {
        JobReader reader = new JobReader(object);
        for (Marker marker : markers) {
            reader.add(marker);
        }
        return reader.parts.isEmpty() ? List.of() : reader.jobs();
    }

    private void add(Marker marker) {
        if (marker instanceof Marker.JobProgram regular) {
            ProgramSpec program = object.program(regular.program())
                    .orElseThrow(() -> MarkerReader.problem(
                            regular.job() + "___" + regular.program(),
                            "program \"" + regular.program() + "\" of job \"" + regular.job()
                                    + "\" not found in eBPF object"));
            String prefix = program.section().prefix();
            add(
                    regular.job(),
                    Job.REGULAR_RANK,
                    new Job.Part(prefix, program.section().attachTo(), program.name()));
        } else if (marker instanceof Marker.Alternative alternative) {
            add(alternative);
        } else if (marker instanceof Marker.OptionalJob job) {
            optional.add(job.job());
        } else if (marker instanceof Marker.VariantName name) {
            names.put(name.job() + "/" + name.rank(), name.name());
        } else if (marker instanceof Marker.VariantTest test) {
            tests.put(test.job() + "/" + test.rank(), test.name());
        }
    }

    private void add(Marker.Alternative alternative) {
        String rest = alternative.job() + "___" + alternative.rank() + "___" + alternative.kind();
        if (alternative.rank() < 0 || alternative.rank() > HIGHEST_RANK || alternative.rank() == Job.REGULAR_RANK) {
            throw MarkerReader.problem(
                    rest,
                    "an alternative has a rank from 0 to " + HIGHEST_RANK + " other than " + Job.REGULAR_RANK
                            + ", which stands for the programs with a section");
        }
        Job.Part part = new Job.Part(alternative.kind(), alternative.target(), alternative.function());
        try {
            object.programOf(part.function(), part.section());
        } catch (ObjectException missing) {
            throw MarkerReader.problem(rest, String.valueOf(missing.getMessage()));
        }
        add(alternative.job(), alternative.rank(), part);
    }

    private void add(String job, int rank, Job.Part part) {
        parts.computeIfAbsent(job, name -> new TreeMap<>())
                .computeIfAbsent(rank, number -> new ArrayList<>())
                .add(part);
    }

    private List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        parts.forEach((job, ranks) -> {
            List<Job.Variant> variants = new ArrayList<>();
            ranks.forEach((rank, own) -> variants.add(new Job.Variant(
                    rank,
                    Optional.ofNullable(names.get(job + "/" + rank)),
                    own,
                    Optional.ofNullable(tests.get(job + "/" + rank)))));
            jobs.add(new Job(job, optional.contains(job), variants));
        });
        return jobs;
    }
}

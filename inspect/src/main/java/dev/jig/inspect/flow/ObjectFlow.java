// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.object.LinkedProgram;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.operators.ebpf.Job;
import dev.jig.operators.ebpf.JobReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows the programs of an object, alternatives included. */
public final class ObjectFlow {
    private ObjectFlow() {}

    /** What all programs do, whatever values params have; sorted by name. */
    public static List<ProgramFlow> of(ObjectFile object) {
        return of(object, Map.of());
    }

    /**
     * What all programs do with given values of variables.
     *
     * @throws dev.jig.inspect.InspectException when a program is too complicated, or jumps out of itself
     */
    public static List<ProgramFlow> of(ObjectFile object, Map<String, Long> given) {
        return of(object, FlowOptions.given(given), programs(object));
    }

    /** What some of an object's programs do, whatever values params have. */
    public static List<ProgramFlow> of(ObjectFile object, List<ProgramSpec> programs) {
        return of(object, FlowOptions.ANY_KERNEL, programs);
    }

    private static List<ProgramFlow> of(ObjectFile object, FlowOptions options, List<ProgramSpec> programs) {
        requireNonNull(object, "object is null");
        Linker linker = Linker.asCompiled(object);
        HelperEffects effects = new HelperEffects();
        List<ProgramFlow> flows = new ArrayList<>();
        for (ProgramSpec program : programs) {
            flows.add(new ProgramAnalyzer(object, linker.link(program), options, effects).analyze());
        }
        return flows;
    }

    /** What a linked program does, for instance one that is relocated for some kernel. */
    public static ProgramFlow of(ObjectFile object, LinkedProgram program, FlowOptions options) {
        return new ProgramAnalyzer(object, program, options, new HelperEffects()).analyze();
    }

    /** Programs with a section, and functions without one that are alternatives; sorted by name. */
    public static List<ProgramSpec> programs(ObjectFile object) {
        List<ProgramSpec> programs = new ArrayList<>(object.programs());
        Set<String> names = new HashSet<>();
        programs.forEach(program -> names.add(program.name()));
        for (Job job : JobReader.read(object)) {
            for (Job.Variant variant : job.variants()) {
                for (Job.Part part : variant.parts()) {
                    if (names.add(part.function())) {
                        programs.add(object.programOf(part.function(), part.section()));
                    }
                }
            }
        }
        programs.sort(Comparator.comparing(ProgramSpec::name));
        return programs;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import static java.util.Objects.requireNonNull;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.object.VariableValues;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import dev.jig.image.GadgetImage;
import dev.jig.image.MediaType;
import dev.jig.operators.ebpf.AutoloadCondition;
import dev.jig.operators.ebpf.Job;
import dev.jig.operators.ebpf.JobReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells whether gadgets will load on a machine, without loading them. */
public final class Preflight {
    private static final String DISABLED = "gadget_program_disabled";

    private final Target target;

    public Preflight(Target target) {
        this.target = requireNonNull(target, "target is null");
    }

    /** Checks an image. An image that cannot be read will not load. */
    public Report check(String name, GadgetImage image) {
        Optional<byte[]> programs = image.layer(MediaType.EBPF);
        if (programs.isEmpty()) {
            return new Report(name, Answer.Certainty.YES, List.of(), List.of(), List.of());
        }
        try {
            ObjectFile object = ObjectFile.parse(name, programs.get());
            Configuration metadata = Configuration.parse(image.metadata(), "metadata of " + name);
            return new GadgetCheck(name, object, metadata).run();
        } catch (BpfException | GadgetException malformed) {
            return new Report(
                    name, Answer.Certainty.NO, List.of(), List.of(String.valueOf(malformed.getMessage())), List.of());
        }
    }

    /** One gadget. */
    private final class GadgetCheck {
        private final String name;
        private final ObjectFile object;
        private final List<Job> jobs;
        private final Set<String> unwanted;
        private final List<Report.Program> programs = new ArrayList<>();
        private final List<String> how = new ArrayList<>();
        private final List<String> why = new ArrayList<>();
        private boolean no;
        private boolean unknown;
        private int done;

        GadgetCheck(String name, ObjectFile object, Configuration metadata) {
            this.name = name;
            this.object = object;
            this.jobs = JobReader.read(object);
            this.unwanted = new HashSet<>(AutoloadCondition.unwanted(object, new VariableValues(object), metadata));
            for (ProgramSpec program : object.programs()) {
                boolean disabled = metadata.text("programs." + program.name() + ".attach_to")
                        .filter(DISABLED::equals)
                        .isPresent();
                if (disabled) {
                    unwanted.add(program.name());
                }
            }
        }

        Report run() {
            Set<String> ofJobs = new HashSet<>();
            for (Job job : jobs) {
                job.variants().forEach(variant -> variant.parts().forEach(part -> ofJobs.add(part.function())));
            }
            ProgramCheck check = new ProgramCheck(object, target, Map.of());
            for (ProgramSpec program : object.programs()) {
                if (!ofJobs.contains(program.name()) && !unwanted.contains(program.name())) {
                    needed(check.check(program, "", Job.REGULAR_RANK));
                }
            }
            jobs.forEach(this::doJob);
            nothingLeft();
            return new Report(
                    name,
                    no ? Answer.Certainty.NO : unknown ? Answer.Certainty.UNKNOWN : Answer.Certainty.YES,
                    how,
                    why,
                    programs);
        }

        private void needed(Report.Program program) {
            programs.add(program);
            done++;
            no |= program.verdict() == Answer.Certainty.NO;
            unknown |= program.verdict() == Answer.Certainty.UNKNOWN;
            program.problems().forEach(problem -> why.add(program.name() + ": " + problem));
        }

        /** A job is done by the first of its variants all of whose programs load. */
        private void doJob(Job job) {
            boolean anyRegular = false;
            boolean allUnwanted = true;
            for (Job.Variant variant : job.variants()) {
                for (Job.Part part : variant.parts()) {
                    anyRegular |= variant.isRegular();
                    allUnwanted &= !variant.isRegular() || unwanted.contains(part.function());
                }
            }
            if (anyRegular && allUnwanted) {
                return;
            }
            List<String> problems = new ArrayList<>();
            List<String> possible = new ArrayList<>();
            boolean maybe = false;
            for (Job.Variant variant : job.variants()) {
                if (variant.rank() == 0) {
                    continue;
                }
                Answer.Certainty verdict = tryVariant(job, variant, problems);
                if (verdict != Answer.Certainty.NO) {
                    possible.add(describe(job, variant));
                    maybe = true;
                }
                if (verdict == Answer.Certainty.YES) {
                    done++;
                    how.add(String.join(" or ", possible));
                    return;
                }
            }
            if (maybe) {
                unknown = true;
                why.addAll(problems);
            } else if (job.optional()) {
                why.add("not done: " + job.name() + (problems.isEmpty() ? "" : " (" + problems.getLast() + ")"));
            } else {
                no = true;
                why.add("no way to do job \"" + job.name() + "\": " + String.join("; ", problems));
            }
        }

        private Answer.Certainty tryVariant(Job job, Job.Variant variant, List<String> problems) {
            Map<String, Long> given = new HashMap<>();
            given.put("gadget_variant_" + job.name(), (long) variant.rank());
            ProgramCheck check = new ProgramCheck(object, target, given);
            boolean bad = false;
            boolean maybe = false;
            for (Job.Part part : variant.parts()) {
                ProgramSpec spec = variant.isRegular()
                        ? object.program(part.function()).orElseThrow()
                        : object.programOf(part.function(), part.section());
                Report.Program program = check.check(spec, job.name(), variant.rank());
                programs.add(program);
                bad |= program.verdict() == Answer.Certainty.NO;
                maybe |= program.verdict() == Answer.Certainty.UNKNOWN;
                program.problems().forEach(problem -> problems.add(variant.describe() + ": " + problem));
            }
            return bad ? Answer.Certainty.NO : maybe ? Answer.Certainty.UNKNOWN : Answer.Certainty.YES;
        }

        private String describe(Job job, Job.Variant variant) {
            String kind =
                    variant.parts().isEmpty() ? "" : variant.parts().getFirst().kind();
            return job.name() + " " + kind + " (" + variant.rank() + ")";
        }

        /** A gadget of optional jobs of which none can be done. */
        private void nothingLeft() {
            if (done == 0 && !unknown && !jobs.isEmpty()) {
                no = true;
            }
        }
    }
}

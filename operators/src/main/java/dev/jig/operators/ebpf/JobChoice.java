// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.features.SecurityModules;
import dev.jig.bpf.link.Probes;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Which variant of each job is being tried. Those that the kernel refuses are rejected until each job has one that works, or none is left. */
final class JobChoice {
    private final ObjectFile object;
    private final List<Trial> trials = new ArrayList<>();
    private final Set<String> regular = new HashSet<>();
    private final Log log;
    private final boolean kernelProbes = Probes.hasKernelProbes();
    private Optional<List<String>> securityModules = Optional.empty();

    /** A variant that does not work here. */
    record Rejection(Job.Variant variant, String reason) {
        String describe() {
            return variant.describe() + ": " + reason;
        }
    }

    /**
     * What became of a job.
     *
     * @param chosen nothing when the job is not done
     */
    record Outcome(Job job, Optional<Job.Variant> chosen, List<Rejection> rejected) {}

    /** A job with the variants that are left, the one in question first. */
    private static final class Trial {
        private final Job job;
        private final Deque<Job.Variant> left;
        private final List<Rejection> rejections = new ArrayList<>();

        Trial(Job job, List<Job.Variant> candidates) {
            this.job = job;
            this.left = new ArrayDeque<>(candidates);
        }

        void rejectCurrent(String reason, Log log) {
            Rejection rejection = new Rejection(left.removeFirst(), reason);
            log.debug("job \"" + job.name() + "\": rejected " + rejection.describe());
            rejections.add(rejection);
        }

        /** Whether one program is all that is left of a job that may as well not be done. */
        boolean isLastHope() {
            return job.optional() && left.size() == 1 && left.getFirst().parts().size() == 1;
        }

        Optional<Job.Variant> current() {
            return Optional.ofNullable(left.peekFirst());
        }
    }

    /**
     * Begins with the first variant of each job. A job of which the metadata disables all regular programs is not done.
     *
     * @param unwanted programs that are of no use with this run's params
     * @throws GadgetException when a variant is asked for that does not exist
     */
    JobChoice(ObjectFile object, List<Job> jobs, HooksParam requests, GadgetContext context, Set<String> unwanted) {
        this.object = object;
        this.log = context.log();
        for (Job job : jobs) {
            boolean disabled = true;
            for (Job.Variant variant : job.variants()) {
                if (variant.isRegular()) {
                    for (Job.Part part : variant.parts()) {
                        regular.add(part.function());
                        disabled &= unwanted.contains(part.function())
                                || Attacher.isDisabled(part.function(), context.configuration());
                    }
                }
            }
            if (!disabled || job.variants().stream().noneMatch(Job.Variant::isRegular)) {
                trials.add(new Trial(job, requests.candidates(job)));
            }
        }
    }

    /** Why a variant cannot work here, if that is known without trying. */
    private Optional<String> problem(Job.Variant variant, ObjectLoader loader) {
        if (!kernelProbes && (variant.isOfKind("kprobe") || variant.isOfKind("kretprobe"))) {
            // Such programs load everywhere, as probes of user programs are of the same type: that would cost their
            // verification for nothing.
            return Optional.of("this kernel cannot probe functions");
        }
        if (variant.isOfKind("lsm") && !runsSecurityPrograms()) {
            return Optional.of("\"bpf\" is not among the security modules that are active (kernel parameter lsm=)");
        }
        for (Job.Part part : variant.parts()) {
            Optional<String> missing = loader.missingTarget(spec(variant, part));
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    /** Elsewhere such programs load and attach, but never run. */
    private boolean runsSecurityPrograms() {
        if (securityModules.isEmpty()) {
            securityModules = Optional.of(SecurityModules.active().orElse(List.of("bpf")));
        }
        return securityModules.get().contains("bpf");
    }

    private ProgramSpec spec(Job.Variant variant, Job.Part part) {
        return variant.isRegular()
                ? object.program(part.function()).orElseThrow()
                : object.programOf(part.function(), part.section());
    }

    /** Passes over variants that cannot work here. */
    private void settle(Trial trial, ObjectLoader loader) {
        Optional<Job.Variant> current = trial.current();
        while (current.isPresent()) {
            Optional<String> problem = problem(current.get(), loader);
            if (problem.isEmpty()) {
                return;
            }
            reject(trial, problem.get());
            current = trial.current();
        }
    }

    /** Has the loader load the programs that are chosen, and say so to programs that ask ({@code gadget_variant_} and the job's name). */
    void apply(ObjectLoader loader) {
        for (String program : regular) {
            loader.exclude(program);
        }
        Set<String> added = new HashSet<>();
        for (Trial trial : trials) {
            settle(trial, loader);
            for (Job.Variant variant : trial.current().stream().toList()) {
                for (Job.Part part : variant.parts()) {
                    if (variant.isRegular()) {
                        loader.include(part.function());
                    } else if (added.add(part.function())) {
                        loader.add(spec(variant, part));
                    }
                }
                String asked = "gadget_variant_" + trial.job.name();
                if (object.variable(asked).isPresent()) {
                    loader.variables().setNumber(asked, variant.rank());
                }
            }
        }
    }

    /** The chosen variants that must pass a test when they are attached. */
    List<Job.Variant> tested() {
        List<Job.Variant> tested = new ArrayList<>();
        for (Trial trial : trials) {
            trial.current().filter(variant -> variant.selfTest().isPresent()).ifPresent(tested::add);
        }
        return tested;
    }

    /** The chosen programs in the order of attachment: the last of a variant first, so that no exit is seen without its entry. */
    List<String> programs() {
        Set<String> programs = new LinkedHashSet<>();
        for (Trial trial : trials) {
            for (Job.Variant variant : trial.current().stream().toList()) {
                for (Job.Part part : variant.parts().reversed()) {
                    programs.add(part.function());
                }
            }
        }
        return List.copyOf(programs);
    }

    /**
     * Goes on to the next variant of each job that a program belongs to.
     *
     * @return false when the program is of no job
     * @throws GadgetException when no variant is left of a job that the gadget needs
     */
    boolean reject(String program, String reason) {
        return reject(variant -> variant.has(program), reason);
    }

    /**
     * Gives up the only job that a program belongs to, if the gadget is of use without it and nothing else is left to try: then nothing of what is loaded
     * need be loaded anew.
     */
    boolean leaveOut(String program, String reason) {
        List<Trial> concerned = new ArrayList<>();
        for (Trial trial : trials) {
            if (trial.current().filter(variant -> variant.has(program)).isPresent()) {
                concerned.add(trial);
            }
        }
        boolean possible = concerned.size() == 1 && concerned.getFirst().isLastHope();
        if (possible) {
            reject(concerned.getFirst(), reason);
        }
        return possible;
    }

    /** As {@link #reject(String, String)}, with all programs of its kind: this kernel takes none. */
    boolean rejectKindOf(String program, String reason) {
        for (Trial trial : trials) {
            for (Job.Variant variant : trial.current().stream().toList()) {
                for (Job.Part part : variant.parts()) {
                    if (part.function().equals(program)) {
                        return reject(other -> other.isOfKind(part.kind()), reason);
                    }
                }
            }
        }
        return false;
    }

    private boolean reject(Predicate<Job.Variant> variants, String reason) {
        boolean any = false;
        for (Trial trial : trials) {
            if (trial.current().filter(variants).isPresent()) {
                reject(trial, reason);
                any = true;
            }
        }
        return any;
    }

    private void reject(Trial trial, String reason) {
        trial.rejectCurrent(reason, log);
        if (trial.left.isEmpty() && !trial.job.optional()) {
            throw new GadgetException("this kernel allows no way to do job \"" + trial.job.name() + "\":\n  "
                    + String.join(
                            "\n  ",
                            trial.rejections.stream().map(Rejection::describe).toList()));
        }
    }

    /** What of the gadget is not done, in one sentence. */
    private void reportLeftOut() {
        List<String> left = new ArrayList<>();
        String first = "";
        for (Trial trial : trials) {
            if (trial.left.isEmpty()) {
                left.add(trial.job.name());
                first = first.isEmpty() && !trial.rejections.isEmpty()
                        ? trial.rejections.getLast().describe()
                        : first;
            }
        }
        if (!left.isEmpty()) {
            log.warn("not available on this kernel: " + String.join(", ", left)
                    + (first.isEmpty() ? "" : "; the first: " + first));
        }
    }

    /**
     * Makes sure that something is left of a gadget that says what to tell people otherwise.
     *
     * @param object what was loaded
     * @throws GadgetException with the sentence of the metadata ({@code alternatives.none}), when nothing is
     */
    void requireAny(LoadedObject object, GadgetContext context) {
        if (trials.isEmpty() || !object.programs().isEmpty()) {
            return;
        }
        for (DataSource source : context.dataSources()) {
            Optional<String> sentence =
                    context.configuration().text("datasources." + source.name() + ".annotations.alternatives.none");
            if (sentence.isPresent()) {
                throw new GadgetException(sentence.get());
            }
        }
    }

    /** What became of each job that is to be done, by now. */
    List<Outcome> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        for (Trial trial : trials) {
            outcomes.add(new Outcome(trial.job, trial.current(), List.copyOf(trial.rejections)));
        }
        return outcomes;
    }

    /** Tells which variants were taken, and what is lost by that as the metadata of the data sources has it. */
    void report(GadgetContext context) {
        reportLeftOut();
        for (Trial trial : trials) {
            for (Job.Variant variant : trial.current().stream().toList()) {
                log.debug("job \"" + trial.job.name() + "\": chose " + variant.describe());
                context.inform("jig.variant." + trial.job.name(), variant.describe());
                String note = ".annotations.alternatives." + trial.job.name() + "." + variant.rank() + ".loses";
                for (DataSource source : context.dataSources()) {
                    context.configuration()
                            .text("datasources." + source.name() + note)
                            .ifPresent(log::warn);
                }
            }
        }
    }
}

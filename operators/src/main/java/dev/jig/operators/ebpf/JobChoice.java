// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.link.Probes;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which variant of each job is being tried. Those that the kernel refuses are rejected until each job has one that works, or none is left. */
final class JobChoice {
    private final ObjectFile object;
    private final List<Trial> trials = new ArrayList<>();
    private final Set<String> regular = new HashSet<>();
    private final Log log;

    /** A job with the variants that are left, the one in question first. */
    private static final class Trial {
        private final Job job;
        private final Deque<Job.Variant> left;
        private final List<String> rejections = new ArrayList<>();

        Trial(Job job, List<Job.Variant> candidates) {
            this.job = job;
            this.left = new ArrayDeque<>(candidates);
        }

        void rejected(Job.Variant variant, String reason, Log log) {
            String rejection = variant.describe() + ": " + reason;
            log.debug("job \"" + job.name() + "\": rejected " + rejection);
            rejections.add(rejection);
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
        if (!Probes.hasKernelProbes()) {
            trials.forEach(this::rejectKernelProbes);
        }
    }

    /** Such programs load everywhere, as probes of user programs are of the same kind; they would cost their verification for nothing. */
    private void rejectKernelProbes(Trial trial) {
        for (Job.Variant variant : List.copyOf(trial.left)) {
            if (variant.isOfKind("kprobe") || variant.isOfKind("kretprobe")) {
                trial.left.remove(variant);
                trial.rejected(variant, "this kernel cannot probe functions", log);
            }
        }
        if (trial.left.isEmpty()) {
            giveUp(trial);
        }
    }

    /** Has the loader load the programs that are chosen, and say so to programs that ask ({@code gadget_variant_} and the job's name). */
    void apply(ObjectLoader loader) {
        for (String program : regular) {
            loader.exclude(program);
        }
        for (Trial trial : trials) {
            for (Job.Variant variant : trial.current().stream().toList()) {
                for (Job.Part part : variant.parts()) {
                    if (variant.isRegular()) {
                        loader.include(part.function());
                    } else {
                        loader.add(object.programOf(part.function(), part.section()));
                    }
                }
                String asked = "gadget_variant_" + trial.job.name();
                if (object.variable(asked).isPresent()) {
                    loader.variables().setNumber(asked, variant.rank());
                }
            }
        }
    }

    /** The chosen programs in the order of attachment: the last of a variant first, so that no exit is seen without its entry. */
    List<String> programs() {
        List<String> programs = new ArrayList<>();
        for (Trial trial : trials) {
            for (Job.Variant variant : trial.current().stream().toList()) {
                for (Job.Part part : variant.parts().reversed()) {
                    programs.add(part.function());
                }
            }
        }
        return programs;
    }

    /**
     * Goes on to the next variant of the job that a program belongs to.
     *
     * @return false when the program is of no job
     * @throws GadgetException when no variant is left of a job that the gadget needs
     */
    boolean reject(String program, String reason) {
        for (Trial trial : trials) {
            Optional<Job.Variant> current = trial.current();
            if (current.isPresent() && current.get().has(program)) {
                trial.rejected(current.get(), reason, log);
                trial.left.removeFirst();
                if (trial.left.isEmpty()) {
                    giveUp(trial);
                }
                return true;
            }
        }
        return false;
    }

    private void giveUp(Trial trial) {
        String text = "this kernel allows no way to do job \"" + trial.job.name() + "\":\n  "
                + String.join("\n  ", trial.rejections);
        if (!trial.job.optional()) {
            throw new GadgetException(text);
        }
        log.warn(text);
    }

    /** Tells which variants were taken, and what is lost by that as the metadata of the data sources has it. */
    void report(GadgetContext context) {
        for (Trial trial : trials) {
            for (Job.Variant variant : trial.current().stream().toList()) {
                log.debug("job \"" + trial.job.name() + "\": chose " + variant.describe());
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

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;
import dev.jig.gadget.GadgetContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An object in the kernel with the programs of its jobs attached; all others are attached later. When the kernel refuses a variant of a job, everything
 * is loaded anew without it, so that nothing is left of it: no map that only it uses, and no event that a part of it sent.
 *
 * @param attacher has attached the programs of jobs
 */
record ProgramStart(LoadedObject object, Attacher attacher, Set<String> attached) {
    /**
     * Loads until each job has a variant that works.
     *
     * @param loaders makes loaders that know the gadget's params and maps
     * @param attachers makes attachers that know what the user chose
     * @throws BpfException when the kernel refuses a program that is of no job
     * @throws dev.jig.gadget.GadgetException when no variant of a job works
     */
    static ProgramStart of(
            JobChoice choice, Supplier<ObjectLoader> loaders, Supplier<Attacher> attachers, GadgetContext context) {
        while (true) {
            ObjectLoader loader = loaders.get();
            choice.apply(loader);
            loader.leaveOutIf((program, refused) ->
                    !isForbidden(refused) && choice.leaveOut(program.name(), String.valueOf(refused.getMessage())));
            LoadedObject object;
            try {
                object = loader.load();
            } catch (BpfException refused) {
                String failed = loader.failedProgram().map(ProgramSpec::name).orElse("");
                if (!reject(choice, failed, refused)) {
                    throw refused;
                }
                continue;
            }
            requireAny(object, choice, context);
            Attacher attacher = attachers.get();
            if (attach(object, attacher, choice)) {
                choice.report(context);
                return new ProgramStart(object, attacher, new HashSet<>(choice.programs()));
            }
        }
    }

    /** Permission is refused to a kind of programs, not to one of them. */
    private static boolean reject(JobChoice choice, String program, BpfException refused) {
        String reason = String.valueOf(refused.getMessage());
        return isForbidden(refused) ? choice.rejectKindOf(program, reason) : choice.reject(program, reason);
    }

    private static boolean isForbidden(BpfException refused) {
        return refused instanceof SystemCallException failed && failed.errno().equals(Errno.EPERM);
    }

    private static void requireAny(LoadedObject object, JobChoice choice, GadgetContext context) {
        boolean done = false;
        try {
            choice.requireAny(object, context);
            done = true;
        } finally {
            if (!done) {
                object.close();
            }
        }
    }

    /** Attaches the chosen programs; if one fails, its variant is rejected and everything given back. */
    private static boolean attach(LoadedObject object, Attacher attacher, JobChoice choice) {
        String current = "";
        boolean done = false;
        try {
            List<String> programs = choice.programs();
            for (String program : programs) {
                current = program;
                attacher.attachOne(object, object.program(program).orElseThrow());
            }
            for (Job.Variant variant : choice.tested()) {
                current = variant.parts().getFirst().function();
                test(variant, object);
            }
            done = true;
        } catch (BpfException refused) {
            choice.reject(current, String.valueOf(refused.getMessage()));
        } finally {
            if (!done) {
                attacher.close();
                object.close();
            }
        }
        return done;
    }

    private static void test(Job.Variant variant, LoadedObject object) {
        List<BpfProgram> programs = new ArrayList<>();
        for (Job.Part part : variant.parts()) {
            programs.add(object.program(part.function()).orElseThrow().program());
        }
        SelfTest.run(variant.selfTest().orElseThrow(), programs);
    }
}

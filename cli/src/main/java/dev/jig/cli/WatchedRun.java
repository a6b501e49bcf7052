// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run on this machine that somebody watches until it ends, or is ended with Ctrl-C.
 *
 * @param console where it is watched
 */
record WatchedRun(Console console) {
    /**
     * Runs what is prepared; how it ended is told also when it ended badly.
     *
     * @param atMost how long; zero until it ends, negative for not at all
     * @return the exit code
     */
    int execute(GadgetRun run, Duration atMost) {
        GadgetContext context = run.context();
        RunEnd end = new RunEnd(console);
        Interrupts interrupts = new Interrupts(console.output(), context::requestStop, () -> end.giveUp(context));
        run.start();
        if (!atMost.isNegative()) {
            context.awaitStop(atMost);
        }
        try {
            run.stop();
        } finally {
            interrupts.ignoreFurther();
            if (!console.output().isClosed()) {
                end.summarise(context);
            }
        }
        return ExitCode.SUCCESS;
    }

    /**
     * Runs several that are prepared, until all have ended, or somebody ends them.
     *
     * @param output where they print
     */
    int executeAll(List<OneOfSeveral> gadgets, CommonOutput output, Duration atMost) {
        RunEnd end = new RunEnd(console);
        Runnable stop = () -> gadgets.forEach(gadget -> gadget.context().requestStop());
        output.onClosed(stop);
        Interrupts interrupts = new Interrupts(
                console.output(), stop, () -> end.giveUp(gadgets.getFirst().context()));
        List<OneOfSeveral> running = new ArrayList<>();
        try {
            for (OneOfSeveral gadget : gadgets) {
                gadget.run().start();
                running.add(gadget);
            }
            await(gadgets, atMost);
        } finally {
            stopAll(running);
            output.finish();
            interrupts.ignoreFurther();
        }
        if (!console.output().isClosed()) {
            gadgets.forEach(gadget -> end.summarise(gadget.tag() + "/", gadget.context()));
            if (output.late() > 0) {
                console.note(
                        output.late() + " events came too late for their place in the order of time and are marked");
            }
        }
        return ExitCode.SUCCESS;
    }

    private static void await(List<OneOfSeveral> gadgets, Duration atMost) {
        if (atMost.isNegative()) {
            return;
        }
        long end = System.nanoTime() + atMost.toNanos();
        for (OneOfSeveral gadget : gadgets) {
            long left = end - System.nanoTime();
            if (atMost.isZero()) {
                gadget.context().awaitStop(Duration.ZERO);
            } else if (left > 0) {
                gadget.context().awaitStop(Duration.ofNanos(left));
            }
        }
    }

    /** Every one is stopped, whatever happens to the others. */
    private static void stopAll(List<OneOfSeveral> running) {
        Optional<RuntimeException> failure = Optional.empty();
        for (OneOfSeveral gadget : running.reversed()) {
            try {
                gadget.run().stop();
            } catch (RuntimeException failed) {
                failure = Optional.of(failure.orElse(failed));
            }
        }
        failure.ifPresent(first -> {
            throw first;
        });
    }
}

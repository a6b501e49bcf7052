// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import java.time.Duration;

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
}

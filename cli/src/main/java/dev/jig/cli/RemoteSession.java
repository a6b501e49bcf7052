// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.RunOptions;
import dev.jig.runtime.ClientOperators;
import dev.jig.service.RemoteRun;
import dev.jig.service.RemoteRuntime;
import dev.jig.service.RunRequest;
import java.time.Duration;

/** Shows a gadget that runs in daemons, until it ends or somebody presses Ctrl-C. */
final class RemoteSession {
    private final Console console;

    RemoteSession(Console console) {
        this.console = console;
    }

    /**
     * Shows it.
     *
     * @param atMost how long; zero for as long as it takes. Daemons end runs themselves; this is for gadgets that go on without us
     */
    int show(RemoteRuntime remote, RunRequest request, RunOptions options, Duration atMost) {
        try (RemoteRun run = remote.newRun(request, options, ClientOperators.with(console.output()))) {
            GadgetContext context = run.context();
            RunEnd end = new RunEnd(console);
            Interrupts interrupts = new Interrupts(console.output(), context::requestStop, () -> end.giveUp(context));
            if (!atMost.isZero()) {
                stopAfter(atMost, context);
            }
            try {
                run.run();
            } finally {
                interrupts.ignoreFurther();
            }
            if (!console.output().isClosed()) {
                end.summarise(context);
            }
            return ExitCode.SUCCESS;
        }
    }

    private static void stopAfter(Duration time, GadgetContext context) {
        Thread.ofPlatform().name("jig-timeout").daemon().start(() -> {
            if (time.isPositive()) {
                context.awaitStop(time);
            }
            context.requestStop();
        });
    }
}

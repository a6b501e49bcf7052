// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.IgnoredSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM: the first asks for a clean end. The JVM answers these signals by running its shutdown hooks; the hook
 * here waits until the run has ended by itself, so that the process leaves with the run's own exit code. A run that cannot
 * end because nobody takes its output, as with a pipe whose reader stands still, is given up.
 */
final class Interrupts {
    private static final long PATIENCE_SECONDS = 2;

    private final StandardOutput output;
    private final Runnable giveUp;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);

    /**
     * @param requestStop asks for the end of the run
     * @param giveUp ends the process; called when the output stands still
     */
    Interrupts(StandardOutput output, Runnable requestStop, Runnable giveUp) {
        this.output = output;
        this.giveUp = giveUp;
        Thread hook = Thread.ofPlatform().name("jig-interrupt").unstarted(() -> {
            if (!ended.get()) {
                requestStop.run();
                awaitEnd();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        // Shells without job control start commands in the background so that they ignore Ctrl-C: it is to end a run
        // all the same.
        IgnoredSignal.heedAs(IgnoredSignal.SIGINT, IgnoredSignal.SIGTERM);
    }

    /** The run has ended; what remains is to leave. */
    void ignoreFurther() {
        ended.set(true);
        done.countDown();
    }

    private void awaitEnd() {
        try {
            long written = output.written();
            while (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                if (output.isWriting() && output.written() == written) {
                    giveUp.run();
                }
                written = output.written();
            }
            // The main thread halts the process with its exit code; until then nothing else may.
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

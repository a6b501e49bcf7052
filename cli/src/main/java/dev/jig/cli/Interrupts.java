// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM: the first asks for a clean end. The JVM answers these signals by running its shutdown hooks; the hook
 * here waits until the run has ended by itself, so that the process leaves with the run's own exit code.
 */
final class Interrupts {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);

    Interrupts(Runnable requestStop) {
        Thread hook = Thread.ofPlatform().name("jig-interrupt").unstarted(() -> {
            if (!ended.get()) {
                requestStop.run();
                awaitEnd();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The run has ended; what remains is to leave. */
    void ignoreFurther() {
        ended.set(true);
        done.countDown();
    }

    private void awaitEnd() {
        try {
            done.await();
            // The main thread halts the process with its exit code; until then nothing else may.
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.GadgetIdentity;
import dev.jig.gadget.ImageFacts;
import dev.jig.gadget.Log;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The thread of one instance: runs its gadget, and again after a while when that fails, longer each time. */
final class InstanceRunner {
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;
    /** A gadget that ran this long had no trouble in starting. */
    private static final long GOOD_RUN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Instance instance;
    private final RunRequests requests;
    private final Log log;
    private final Consumer<String> onDigest;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final Thread thread;
    private volatile String pinned;
    private volatile Optional<GadgetTask> task = Optional.empty();

    /**
     * @param pinned digest that the image must have; empty for whatever it has
     * @param onDigest told the digest of the image that was opened
     */
    InstanceRunner(Instance instance, RunRequests requests, Log log, String pinned, Consumer<String> onDigest) {
        this.instance = instance;
        this.requests = requests;
        this.log = instance.log(log);
        this.pinned = pinned;
        this.onDigest = onDigest;
        this.thread = Thread.ofPlatform().name("jig-instance").daemon().unstarted(this::runAgainAndAgain);
    }

    Instance instance() {
        return instance;
    }

    void start() {
        thread.start();
    }

    private void runAgainAndAgain() {
        long pause = FIRST_PAUSE_MILLIS;
        while (stopRequested.getCount() > 0) {
            long begin = System.nanoTime();
            if (runOnce()) {
                return;
            }
            if (System.nanoTime() - begin > GOOD_RUN_NANOS) {
                pause = FIRST_PAUSE_MILLIS;
            }
            if (isStoppedWithin(pause)) {
                return;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private boolean isStoppedWithin(long millis) {
        try {
            return stopRequested.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** False when the gadget failed. */
    private boolean runOnce() {
        try {
            RunRequests.requireVersion(instance.config().getVersion());
            GadgetTask next = new GadgetTask(
                    requests,
                    instance.config(),
                    instance,
                    log,
                    Duration.ZERO,
                    new GadgetIdentity(instance.id(), instance.name()));
            if (!pinned.isEmpty()) {
                next.context().put(ImageFacts.PINNED, pinned);
            }
            task = Optional.of(next);
            instance.begin(next.context());
            if (stopRequested.getCount() == 0) {
                return true;
            }
            next.run(() -> started(next));
            if (!next.isStopped()) {
                instance.finish();
                log.info("finished");
            }
            return true;
        } catch (RuntimeException failure) {
            instance.fail(Failures.text(failure));
            log.error(Failures.text(failure));
            return false;
        }
    }

    private void started(GadgetTask started) {
        instance.running();
        started.context().find(ImageFacts.KEY).ifPresent(facts -> {
            if (!facts.digest().equals(pinned)) {
                pinned = facts.digest();
                onDigest.accept(pinned);
            }
        });
    }

    /** Asks for the end. */
    void stop() {
        stopRequested.countDown();
        task.ifPresent(GadgetTask::stop);
    }

    /** Waits until nothing of the gadget is left in the kernel. */
    void awaitEnd(Duration atMost) {
        try {
            if (!thread.join(atMost)) {
                log.warn("does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

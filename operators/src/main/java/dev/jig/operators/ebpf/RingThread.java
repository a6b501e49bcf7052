// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.ring.RingReader;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that reads the rings of a run, and a second one that looks at the loss counters once a second. */
final class RingThread {
    private static final long LOOK_EVERY_SECONDS = 1;

    private final RingReader reader;
    private final List<LossReporter> losses;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread ringThread;
    private final Thread lossThread;
    private boolean started;

    RingThread(RingReader reader, List<LossReporter> losses) {
        this.reader = reader;
        this.losses = losses;
        this.ringThread = Thread.ofPlatform().name("jig-ring").daemon().unstarted(reader::run);
        this.lossThread = Thread.ofPlatform().name("jig-losses").daemon().unstarted(this::watchLosses);
    }

    void start() {
        started = true;
        ringThread.start();
        lossThread.start();
    }

    private void watchLosses() {
        try {
            while (!stopped.await(LOOK_EVERY_SECONDS, TimeUnit.SECONDS)) {
                losses.forEach(LossReporter::look);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends both threads, once the rings are empty, and looks at the counters a last time. */
    void stop() {
        if (!started) {
            return;
        }
        started = false;
        reader.stop();
        stopped.countDown();
        try {
            ringThread.join();
            lossThread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        losses.forEach(LossReporter::look);
    }
}

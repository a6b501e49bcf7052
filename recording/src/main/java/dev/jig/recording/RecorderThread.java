// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sees to it that records reach the file though no further ones come. */
final class RecorderThread {
    private static final long LOOK_EVERY_MILLIS = 200;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private Optional<Thread> thread = Optional.empty();

    void start(Recorder recorder) {
        thread = Optional.of(Thread.ofPlatform().name("jig-recorder").daemon().start(() -> run(recorder)));
    }

    private void run(Recorder recorder) {
        try {
            while (!stopped.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                recorder.look();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when it does nothing more. */
    void stop() {
        stopped.countDown();
        boolean interrupted = false;
        while (thread.isPresent()) {
            try {
                thread.get().join();
                thread = Optional.empty();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

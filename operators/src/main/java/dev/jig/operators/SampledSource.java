// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.RecordArray;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.OperatorInstance;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A data source of arrays that a thread fills by looking at the machine. */
public final class SampledSource implements OperatorInstance {
    private static final double NANOSECONDS = 1e9;

    private final DataSource source;
    private final SampleSchedule schedule;
    private final Sampler sampler;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Optional<Thread> thread = Optional.empty();

    /** A source that {@code sampler} fills. */
    public SampledSource(DataSource source, SampleSchedule schedule, Sampler sampler) {
        this.source = source;
        this.schedule = schedule;
        this.sampler = sampler;
    }

    @Override
    public void started(GadgetContext context) {
        thread = Optional.of(Thread.ofPlatform().name("jig-sample").daemon().start(() -> run(context)));
    }

    private void run(GadgetContext context) {
        try (RecordArray array = source.newArray()) {
            Clock clock = new Clock();
            array.begin();
            sampler.sample(array, 0);
            if (!schedule.first().isZero() && waits(schedule.first())) {
                handOut(context, array, clock);
            }
            long left = schedule.count();
            while (waits(schedule.interval())) {
                handOut(context, array, clock);
                if (left > 0 && --left == 0) {
                    // A gadget of which nothing more will come ends by itself; upstream's waits.
                    if (!context.options().compat()) {
                        context.requestStop();
                    }
                    return;
                }
            }
        } catch (RuntimeException failure) {
            context.log().warn("reading data source \"" + source.name() + "\": " + failure.getMessage());
            context.requestStop();
        }
    }

    /** Seconds from one question to the next. */
    private static final class Clock {
        private long last = System.nanoTime();

        double seconds() {
            long now = System.nanoTime();
            double seconds = (now - last) / NANOSECONDS;
            last = now;
            return seconds;
        }
    }

    /** False when the run is to end. */
    private boolean waits(Duration time) {
        try {
            return !stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void handOut(GadgetContext context, RecordArray array, Clock clock) {
        array.begin();
        sampler.sample(array, clock.seconds());
        long size = array.size();
        source.emit(array);
        context.count(source).delivered(size);
        context.endBatch();
    }

    @Override
    public void stop(GadgetContext context) {
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

// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.KernelClock;
import dev.jig.datasource.Utf8Buffer;
import dev.jig.operators.cli.CliOperator;
import dev.jig.operators.cli.Output;
import dev.jig.operators.cli.TimeMerge;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The output of several gadgets, each of which prints on a thread of its own. */
final class CommonOutput implements Output, AutoCloseable {
    private static final int LOOK_MILLIS = 20;

    private final StandardOutput output;
    private final Optional<TimeMerge> merge;
    private final CopyOnWriteArrayList<Runnable> closedActions = new CopyOnWriteArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread looker = Thread.ofPlatform().name("jig-merge").daemon().unstarted(this::look);

    private CommonOutput(StandardOutput output, Optional<Duration> window) {
        this.output = output;
        this.merge = window.map(wait -> new TimeMerge(this, wait, () -> closedActions.forEach(Runnable::run)));
    }

    /**
     * Opens it.
     *
     * @param window how long events wait for others, if they are put into the order of time
     */
    static CommonOutput open(StandardOutput output, Optional<Duration> window) {
        CommonOutput opened = new CommonOutput(output, window);
        if (opened.merge.isPresent()) {
            opened.looker.start();
        }
        return opened;
    }

    /** What prints for one of the gadgets. */
    CliOperator printer() {
        return merge.map(common -> new CliOperator(this, common)).orElseGet(() -> new CliOperator(this));
    }

    /** Asks to be called when nobody takes the output any more. */
    void onClosed(Runnable action) {
        closedActions.add(action);
    }

    /** How many events came too late for their place in the order of time. */
    long late() {
        return merge.map(TimeMerge::late).orElse(0L);
    }

    private void look() {
        KernelClock clock = new KernelClock();
        try {
            while (!done.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                merge.orElseThrow().flush(clock.bootTime());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean write(Utf8Buffer bytes) {
        return output.write(bytes);
    }

    @Override
    public boolean isTerminal() {
        return output.isTerminal();
    }

    @Override
    public boolean isColored() {
        return output.isColored();
    }

    @Override
    public int terminalWidth() {
        return output.terminalWidth();
    }

    /** Prints what waits. */
    void finish() {
        done.countDown();
        try {
            looker.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        merge.ifPresent(TimeMerge::finish);
    }

    @Override
    public void close() {
        finish();
        merge.ifPresent(TimeMerge::close);
    }
}

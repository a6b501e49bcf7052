// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import dev.jig.bpf.sys.EventPoll;
import dev.jig.bpf.sys.WakeUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads several rings on one thread, and does periodic work between its looks at them: whatever produces data does so on this
 * thread.
 *
 * <p>Waiting adapts to the load. While little arrives, the reader sleeps in {@code epoll} and the kernel wakes it for
 * each record: lowest latency. When a look finds a batch, the reader goes on by time: it sleeps some milliseconds,
 * longer as long as the rings stay nearly empty, shorter the fuller they are, and keeps its published positions just behind the producer, so that the kernel
 * spends nothing on wake-ups. After a few empty looks it returns to {@code epoll}.
 */
public final class RingReader implements AutoCloseable {
    /** Records at one look from which waking up per record costs more than it gains. */
    private static final int BUSY_BATCH = 4;
    /** Empty looks after which a busy time is over. */
    private static final int QUIET_LOOKS = 3;
    /** Records of one ring in a row before the next ring has its turn. */
    private static final int TURN = 4096;

    /** Header and the least content, in bytes. */
    private static final int SMALLEST_RECORD = 16;

    /** A ring of four megabytes is filled by a million events a second in about twenty milliseconds. */
    private static final int LONGEST_SLEEP_MILLIS = 16;

    private final List<Source> sources = new ArrayList<>();
    private final List<Periodic> periodic = new ArrayList<>();
    private final List<Runnable> lastWork = new ArrayList<>();
    private final EventPoll quietWait = new EventPoll();
    private final EventPoll busyWait = new EventPoll();
    private final WakeUp wakeUp = new WakeUp();
    private int longestWait = -1;
    private volatile boolean stopped;

    private record Source(Ring ring, RecordHandler handler) {}

    public RingReader() {
        quietWait.add(wakeUp.descriptor());
        busyWait.add(wakeUp.descriptor());
    }

    /** Adds a ring, which stays the caller's; only before {@link #run()}. */
    public void add(Ring ring, RecordHandler handler) {
        sources.add(new Source(ring, handler));
        ring.wakeUpBy(quietWait);
        longestWait = soonerOf(longestWait, ring.longestWait());
    }

    /**
     * Adds work to be done each time an interval is over; only before {@link #run()}.
     *
     * @param interval until the first and between all times; zero for at once
     * @param times how often, {@link Long#MAX_VALUE} for as long as the reader runs
     */
    public void every(Duration interval, long times, Runnable work) {
        periodic.add(new Periodic(interval, times, work));
    }

    /** Adds work to be done after {@link #stop()}, behind the last record; only before {@link #run()}. */
    public void atEnd(Runnable work) {
        lastWork.add(work);
    }

    /** Hands out records until {@link #stop()}, then what is left in the rings. */
    public void run() {
        int quietLooks = QUIET_LOOKS;
        int sleepMillis = 1;
        long start = System.nanoTime();
        for (int i = 0; i < periodic.size(); i++) {
            periodic.get(i).start(start);
        }
        while (!stopped) {
            int untilDue = runPeriodic();
            double fullness = fullness();
            int count = drainAll();
            if (count >= BUSY_BATCH) {
                quietLooks = 0;
            } else if (count == 0) {
                quietLooks++;
            }
            if (quietLooks < QUIET_LOOKS) {
                sleepMillis = nextSleep(sleepMillis, fullness);
                busyWait.await(soonerOf(untilDue, sleepMillis));
            } else if (holdsBack()) {
                busyWait.await(1);
            } else if (!releaseAll()) {
                sleepMillis = 1;
                quietWait.await(soonerOf(untilDue, longestWait));
            }
        }
        drainRest();
        for (int i = 0; i < lastWork.size(); i++) {
            lastWork.get(i).run();
        }
    }

    /** The shorter of two times, of which -1 means never. */
    private static int soonerOf(int one, int other) {
        return one < 0 ? other : other < 0 ? one : Math.min(one, other);
    }

    /** Does what is due; returns the milliseconds until more will be, -1 for never. */
    private int runPeriodic() {
        int soonest = -1;
        if (periodic.isEmpty()) {
            return soonest;
        }
        for (int i = 0; i < periodic.size(); i++) {
            periodic.get(i).runIfDue(System.nanoTime());
        }
        long now = System.nanoTime();
        for (int i = 0; i < periodic.size(); i++) {
            int left = periodic.get(i).millisecondsLeft(now);
            soonest = soonerOf(soonest, left);
        }
        return soonest;
    }

    /** Ends {@link #run()} from any thread, once what is in the rings has been handed out. */
    public void stop() {
        stopped = true;
        wakeUp.signal();
    }

    /** Looks at every ring until all are nearly empty, without waiting. */
    private int drainAll() {
        int total = 0;
        int count;
        do {
            count = drainOnce();
            total += count;
        } while (count >= TURN && !stopped);
        endBatch(total);
        return total;
    }

    /**
     * What was in the rings when the reader was stopped. Whoever stops it detaches the programs first; should one still
     * write, the loop is bounded by what the rings can hold.
     */
    private void drainRest() {
        long bytes = 0;
        for (int i = 0; i < sources.size(); i++) {
            bytes += sources.get(i).ring.size();
            sources.get(i).ring.finish();
        }
        long rounds = bytes / SMALLEST_RECORD / TURN + 1;
        int total = 0;
        for (long round = 0; round <= rounds; round++) {
            int count = drainOnce();
            total += count;
            if (count == 0) {
                break;
            }
        }
        endBatch(total);
    }

    private int drainOnce() {
        int count = 0;
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            count += source.ring.drain(source.handler, TURN);
        }
        return count;
    }

    private void endBatch(int records) {
        if (records > 0) {
            for (int i = 0; i < sources.size(); i++) {
                sources.get(i).handler.onBatchEnd();
            }
        }
    }

    private boolean releaseAll() {
        boolean missed = false;
        for (int i = 0; i < sources.size(); i++) {
            missed |= sources.get(i).ring.release();
        }
        return missed;
    }

    private boolean holdsBack() {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).ring.holdsBack()) {
                return true;
            }
        }
        return false;
    }

    private double fullness() {
        double most = 0;
        for (int i = 0; i < sources.size(); i++) {
            most = Math.max(most, sources.get(i).ring.fullness());
        }
        return most;
    }

    /** Sleeps grow while the rings stay nearly empty, and shrink fast when they fill. */
    private static int nextSleep(int last, double fullness) {
        if (fullness < 1.0 / 16) {
            return Math.min(Math.max(1, last * 2), LONGEST_SLEEP_MILLIS);
        }
        if (fullness < 1.0 / 4) {
            return Math.max(1, last / 2);
        }
        return 0;
    }

    @Override
    public void close() {
        quietWait.close();
        busyWait.close();
        wakeUp.close();
    }
}

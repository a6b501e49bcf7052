// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import static java.util.Objects.requireNonNull;

import dev.jig.datasource.Utf8Buffer;
import java.time.Duration;

/**
 * Puts what several gadgets print into the order of time. Each text waits for as long as the window is, so that others can come before
 * it; under load, when the memory for those that wait is full, somewhat shorter. What comes later than that is marked, and printed at once.
 */
public final class TimeMerge implements AutoCloseable {
    /** Texts that wait have so much room by default. */
    private static final int USUAL_ROOM = 8 << 20;

    private static final int WRITE_AT = 1 << 16;

    private final Output output;
    private final long window;
    private final Runnable onClosedOutput;
    private final WaitingTexts waiting;
    private final Utf8Buffer out = new Utf8Buffer(2 * WRITE_AT);
    private long newest = Long.MIN_VALUE;
    private long printed = Long.MIN_VALUE;
    private long late;
    private boolean closed;

    /**
     * @param window how long a text waits for those that come before it
     * @param onClosedOutput called once when the output takes no more
     */
    public TimeMerge(Output output, Duration window, Runnable onClosedOutput) {
        this(output, window, onClosedOutput, USUAL_ROOM);
    }

    TimeMerge(Output output, Duration window, Runnable onClosedOutput, int room) {
        this.output = requireNonNull(output, "output is null");
        this.window = window.toNanos();
        this.onClosedOutput = onClosedOutput;
        this.waiting = new WaitingTexts(room);
    }

    /** Prints what has no place in time, such as the header of a table, at once. */
    synchronized void printNow(Utf8Buffer text) {
        out.append(text);
        write();
    }

    /**
     * Takes the text of an event.
     *
     * @param time of the event; nanoseconds since the machine was started
     */
    synchronized void add(long time, Utf8Buffer text, LateMark mark) {
        if (time < printed) {
            late++;
            out.append(text);
            mark.apply(out);
        } else {
            while (!waiting.add(time, text)) {
                if (waiting.isEmpty()) {
                    // It is larger than all room there is.
                    out.append(text);
                    break;
                }
                printEarliest();
            }
            newest = Math.max(newest, time);
            printUntil(newest - window);
        }
        if (out.length() >= WRITE_AT) {
            write();
        }
    }

    /**
     * Prints what has waited long enough; to be called now and then, for it may be that nothing more comes.
     *
     * @param now nanoseconds since the machine was started
     */
    public synchronized void flush(long now) {
        printUntil(now - window);
        write();
    }

    /** How many events came too late for their place. */
    public synchronized long late() {
        return late;
    }

    private void printUntil(long time) {
        while (!waiting.isEmpty() && waiting.earliest() <= time) {
            printEarliest();
        }
    }

    private void printEarliest() {
        printed = waiting.earliest();
        waiting.removeEarliest(out);
        if (out.length() >= WRITE_AT) {
            write();
        }
    }

    private void write() {
        if (out.length() > 0 && !closed && !output.write(out)) {
            closed = true;
            onClosedOutput.run();
        }
        out.clear();
    }

    /** Prints what still waits. */
    public synchronized void finish() {
        printUntil(Long.MAX_VALUE);
        write();
    }

    /** Prints what still waits, and gives the memory back. */
    @Override
    public synchronized void close() {
        finish();
        out.close();
    }
}

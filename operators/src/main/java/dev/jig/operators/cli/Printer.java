// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import dev.jig.datasource.ColumnsWriter;
import dev.jig.datasource.OutputWriter;
import dev.jig.datasource.Packet;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.Utf8Buffer;
import java.util.Optional;

/** Prints the packets of one data source: into a buffer, which is written when it is full or no event is there. */
final class Printer implements AutoCloseable {
    private static final int FLUSH_AT = 1 << 16;
    private static final long LOOK_NANOS = 200_000_000;

    private final OutputWriter writer;
    private final Output output;
    private final Runnable onClosedOutput;
    private final Optional<Merged> merged;
    private final Utf8Buffer buffer = new Utf8Buffer(FLUSH_AT + (1 << 14));
    private final Optional<ColumnsWriter> fitted;
    private int width;
    private long looked = System.nanoTime();
    private boolean closed;
    /** Only the thread that prints may flush; set by it, so that others see a stale value at worst. */
    private long owner = Thread.currentThread().threadId();

    /**
     * @param merged how its texts get a place among those of others, if they shall
     * @param onClosedOutput called once when the output takes no more
     */
    Printer(OutputWriter writer, Output output, Optional<Merged> merged, Runnable onClosedOutput) {
        this.writer = writer;
        this.output = output;
        this.merged = merged;
        this.onClosedOutput = onClosedOutput;
        this.fitted =
                writer instanceof ColumnsWriter table && output.isTerminal() ? Optional.of(table) : Optional.empty();
        this.width = output.terminalWidth();
    }

    /** Prints the packets of a data source among those of others. */
    record Merged(TimeMerge merge, EventTime time, LateMark mark) {
        void start(Utf8Buffer text) {
            merge.printNow(text);
        }

        void take(Packet packet, Utf8Buffer text) {
            merge.add(time.of(packet), text, mark);
        }
    }

    void start() {
        writer.start(buffer);
        if (merged.isPresent()) {
            merged.get().start(buffer);
            buffer.clear();
        } else {
            write();
        }
    }

    void print(Packet packet) {
        owner = Thread.currentThread().threadId();
        if (fitted.isPresent()) {
            fit(fitted.get());
        }
        if (merged.isPresent()) {
            writer.write(packet, buffer);
            merged.get().take(packet, buffer);
            buffer.clear();
        } else if (packet instanceof RecordArray array) {
            print(array);
        } else if (packet instanceof Record record) {
            writer.write(record, buffer);
        }
        writeIfFull();
    }

    /** Tables follow the width of the terminal; asking for that costs a system call, so it is asked for now and then. */
    private void fit(ColumnsWriter table) {
        long now = System.nanoTime();
        if (now - looked > LOOK_NANOS) {
            looked = now;
            int newWidth = output.terminalWidth();
            if (newWidth != width) {
                width = newWidth;
                table.resize(newWidth, buffer);
            }
        }
    }

    /** An array may be much larger than the buffer. */
    private void print(RecordArray array) {
        writer.beginArray(buffer);
        int size = array.size();
        for (int i = 0; i < size && !closed; i++) {
            writer.write(array.get(i), buffer);
            writeIfFull();
        }
        writer.endArray(buffer);
    }

    private void writeIfFull() {
        if (buffer.length() >= FLUSH_AT) {
            write();
        }
    }

    /** Writes what is buffered, if this thread is the one that prints. */
    void flush() {
        if (Thread.currentThread().threadId() == owner) {
            write();
        }
    }

    /** Writes the rest, when no thread prints any more. */
    void finish() {
        write();
    }

    private void write() {
        if (buffer.length() > 0 && !closed && !output.write(buffer)) {
            closed = true;
            onClosedOutput.run();
        }
        buffer.clear();
    }

    /** Writes what came after {@link #finish()}, too: operators may hand out a last record when all have stopped. */
    @Override
    public void close() {
        write();
        buffer.close();
        writer.close();
    }
}

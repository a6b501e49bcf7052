// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.ring.RingReader;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.RecordArray;
import dev.jig.gadget.GadgetContext;
import java.time.Duration;

/** Reads a data source of arrays as its schedule says: each read is one array, which may be empty. */
final class Fetches implements AutoCloseable {
    /** Fills an array. */
    @FunctionalInterface
    interface Reader {
        /**
         * Adds what is there now.
         *
         * @throws BpfException when it cannot be read; the array is then not handed out
         */
        void readInto(RecordArray array);
    }

    private final GadgetContext context;
    private final DataSource source;
    private final FetchSchedule schedule;
    private final Reader reader;
    private final Runnable onDone;
    private final RecordArray array;
    private long left;

    Fetches(GadgetContext context, DataSource source, FetchSchedule schedule, Reader reader, Runnable onDone) {
        this.context = context;
        this.source = source;
        this.schedule = schedule;
        this.reader = reader;
        this.onDone = onDone;
        this.array = source.newArray();
        this.left = schedule.times();
    }

    /** Has the reader's thread do the reads. */
    void planOn(RingReader thread) {
        if (left > 0) {
            thread.every(schedule.interval(), left, this::fetchOne);
        }
        if (schedule.onStop()) {
            thread.atEnd(this::fetch);
        } else if (left == 0) {
            thread.every(Duration.ZERO, 1, onDone);
        }
    }

    private void fetchOne() {
        fetch();
        if (left != Long.MAX_VALUE && --left == 0 && !schedule.onStop()) {
            onDone.run();
        }
    }

    private void fetch() {
        array.begin();
        try {
            reader.readInto(array);
            long read = array.size();
            source.emit(array);
            context.count(source).delivered(read);
        } catch (RuntimeException failure) {
            context.log().warn("reading data source \"" + source.name() + "\": " + failure.getMessage());
        }
        context.endBatch();
    }

    @Override
    public void close() {
        array.close();
    }
}

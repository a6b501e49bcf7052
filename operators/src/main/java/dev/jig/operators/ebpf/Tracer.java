// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.ring.RecordHandler;
import dev.jig.datasource.Container;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.Record;
import dev.jig.gadget.EventCount;
import dev.jig.gadget.GadgetContext;
import java.lang.foreign.MemorySegment;

/** Hands the records of a ring buffer to a data source, in place. */
final class Tracer implements RecordHandler, AutoCloseable {
    private final GadgetContext context;
    private final DataSource source;
    private final EventCount count;
    private final int size;
    private final Record record;
    private long delivered;

    Tracer(GadgetContext context, DataSource source, Container container) {
        this.context = context;
        this.source = source;
        this.count = context.count(source);
        this.size = container.size();
        this.record = source.newRecord();
    }

    @Override
    public void onRecord(MemorySegment memory, long offset, int length) {
        try {
            record.wrap(memory, offset, Math.min(length, size));
            if (source.emit(record)) {
                delivered++;
            }
        } catch (RuntimeException failure) {
            count.lost(1);
            context.log()
                    .warn("error processing event of data source \"" + source.name() + "\": " + failure.getMessage());
        }
    }

    @Override
    public void onBatchEnd() {
        count.delivered(delivered);
        delivered = 0;
        context.endBatch();
    }

    @Override
    public void close() {
        record.close();
    }
}

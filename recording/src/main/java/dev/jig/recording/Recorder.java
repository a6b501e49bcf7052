// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.Packet;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.Utf8Buffer;
import dev.jig.gadget.GadgetContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fills blocks and has them written: when they are full, or after a second. The threads that hand out records and the one that looks at the time take turns. After a
 * failure nothing more is recorded.
 */
final class Recorder implements AutoCloseable {
    /** So that each record is in the file within a second, with the time between two looks. */
    private static final long OLDEST = 700_000_000L;

    private final RecordingFile file;
    private final RecordingClock clock;
    private final GadgetContext context;
    private final List<RecordedSource> sources = new ArrayList<>();
    private final BlockBuffer block = new BlockBuffer();
    private boolean inBatch;
    private long blockTime;
    private long lastTime;
    private long records;
    private Optional<RecordingException> failure = Optional.empty();

    Recorder(RecordingFile file, RecordingClock clock, GadgetContext context) {
        this.file = file;
        this.clock = clock;
        this.context = context;
    }

    /**
     * Begins the recording.
     *
     * @param description its first block
     */
    synchronized void start(byte[] description, List<RecordedSource> recorded) {
        sources.addAll(recorded);
        try (Utf8Buffer content = new Utf8Buffer(description.length)) {
            content.append(description);
            file.write(BlockKind.DESCRIPTION, content, 0);
        }
    }

    /** Records a packet. */
    synchronized void record(RecordedSource source, Packet packet) {
        if (failure.isPresent()) {
            return;
        }
        if (!inBatch) {
            inBatch = true;
            begin();
        }
        // Not a pattern switch: this is called for each event.
        if (packet instanceof Record record) {
            append(source, record, EntryType.RECORD);
        } else if (packet instanceof RecordArray array) {
            int size = array.size();
            for (int i = 0; i < size; i++) {
                append(source, array.get(i), EntryType.ELEMENT);
            }
            ensureStarted();
            block.entry(EntryType.ARRAY, source.number());
        }
    }

    private void append(RecordedSource source, Record record, int type) {
        ensureStarted();
        source.append(record, type, block);
        if (block.isFull()) {
            write();
        }
    }

    /** What comes next was read now. */
    private void begin() {
        long now = System.nanoTime();
        boolean stepped = clock.refresh(now);
        if (block.isEmpty()) {
            startBlock(now);
            return;
        }
        block.time(now - lastTime);
        lastTime = now;
        if (stepped) {
            block.clock(clock.distance());
        }
    }

    private void ensureStarted() {
        if (block.isEmpty()) {
            startBlock(System.nanoTime());
        }
    }

    private void startBlock(long now) {
        block.start(clock.bootTime(), clock.distance());
        blockTime = now;
        lastTime = now;
    }

    /** The records so far came at once, the next ones come later. */
    synchronized void endBatch() {
        inBatch = false;
    }

    /** Records losses, and writes what has waited for long; called a few times a second. */
    synchronized void look() {
        if (failure.isPresent()) {
            return;
        }
        recordLosses();
        if (!block.isEmpty() && System.nanoTime() - blockTime > OLDEST) {
            write();
        }
    }

    private void recordLosses() {
        for (RecordedSource source : sources) {
            long lost = source.newlyLost(context.count(source.source()).lost());
            if (lost > 0) {
                ensureStarted();
                block.lost(source.number(), lost);
            }
        }
    }

    private void write() {
        try {
            file.write(BlockKind.EVENTS, block.bytes(), block.records());
            records += block.records();
        } catch (RecordingException refused) {
            failure = Optional.of(refused);
            context.log().error(refused.getMessage() + " (" + records + " records); the gadget goes on without");
        }
        block.clear();
    }

    /**
     * Ends the recording in order.
     *
     * @throws RecordingException when not all could be written
     */
    synchronized void finish() {
        if (failure.isEmpty()) {
            recordLosses();
            if (!block.isEmpty()) {
                write();
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        block.varint(records);
        file.write(BlockKind.END, block.bytes(), 0);
        block.clear();
    }

    @Override
    public synchronized void close() {
        sources.forEach(RecordedSource::close);
        sources.clear();
        block.close();
        file.close();
    }
}

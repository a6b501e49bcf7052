// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.gadget.GadgetContext;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hands out what was recorded, on a thread of its own, and then asks for the end of the run. */
final class Player implements EntryHandler {
    private final Path path;
    private final BlockReader reader;
    private final List<ReplayedSource> sources;
    private final ReplayTexts texts;
    private final ReplayClock clock;
    private final GadgetContext context;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Optional<Thread> thread = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private double speed;
    private boolean running;
    private long recordedStart;
    private long replayStart;

    Player(
            Path path,
            BlockReader reader,
            List<ReplayedSource> sources,
            ReplayTexts texts,
            ReplayClock clock,
            GadgetContext context) {
        this.path = path;
        this.reader = reader;
        this.sources = sources;
        this.texts = texts;
        this.clock = clock;
        this.context = context;
    }

    /**
     * @param times as fast as it was recorded; 0 for as fast as it goes
     */
    void setSpeed(double times) {
        speed = times;
    }

    void start() {
        thread = Optional.of(Thread.ofPlatform().name("jig-replay").daemon().start(this::run));
    }

    private void run() {
        try {
            replay();
            reader.problems().forEach(problem -> context.log().warn(path + ": " + problem));
        } catch (RecordingException malformed) {
            failure = Optional.of(new RecordingException(
                    path + ": block " + (reader.blocks() - 1) + ": " + malformed.getMessage(), malformed));
        } catch (RuntimeException wrong) {
            failure = Optional.of(wrong);
        } finally {
            endBatch();
            context.requestStop();
        }
    }

    private void replay() {
        EntryReader entries = new EntryReader();
        Optional<Block> block = reader.next();
        while (block.isPresent() && stopped.getCount() > 0) {
            if (block.get().header().kind() == BlockKind.EVENTS) {
                EntryHandler.read(block.get(), sources.size(), entries, this);
                endBatch();
            }
            block = reader.next();
        }
    }

    private void endBatch() {
        sources.forEach(ReplayedSource::settle);
        context.endBatch();
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
        Optional<RuntimeException> wrong = failure;
        failure = Optional.empty();
        if (wrong.isPresent()) {
            throw wrong.get();
        }
    }

    @Override
    public void start(long bootTime, long distance) {
        boolean inArray = false;
        for (int i = 0; i < sources.size(); i++) {
            inArray |= sources.get(i).isInArray();
        }
        texts.startBlock(inArray);
        clock.set(bootTime, distance);
        if (!running) {
            running = true;
            recordedStart = bootTime;
            replayStart = System.nanoTime();
        }
        keepPace();
    }

    @Override
    public void time(long sinceLast) {
        clock.advance(sinceLast);
        keepPace();
    }

    /** Waits until what comes next is due. */
    private void keepPace() {
        if (speed == 0) {
            return;
        }
        long due = (long) ((clock.bootTime() - recordedStart) / speed);
        long early = due - (System.nanoTime() - replayStart);
        if (early <= 0) {
            return;
        }
        endBatch();
        try {
            if (stopped.await(early, TimeUnit.NANOSECONDS)) {
                // Nobody wants the rest: it need not be waited for.
                speed = 0;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void clock(long distance) {
        clock.set(distance);
    }

    @Override
    public void text(EntryReader entries, int length) {
        long start = entries.position();
        entries.skip(length);
        texts.add(entries.bytes().asSlice(start, length).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void record(int source, EntryReader entries) {
        sources.get(source).emitRecord(entries);
    }

    @Override
    public void element(int source, EntryReader entries) {
        sources.get(source).addElement(entries);
    }

    @Override
    public void array(int source) {
        sources.get(source).emitArray();
    }

    @Override
    public void lost(int source, long records) {
        ReplayedSource lossy = sources.get(source);
        lossy.lost(records);
        context.log()
                .loss("lost " + records + " events of data source \""
                        + lossy.source().name() + "\" when this was recorded");
    }
}

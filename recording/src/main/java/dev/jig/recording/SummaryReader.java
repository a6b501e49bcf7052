// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts what is in a recording. */
final class SummaryReader implements EntryHandler {
    private final List<Counted> sources = new ArrayList<>();
    private boolean running;
    private long first;
    private long now;

    /** The parts of the records of a data source, and what was counted of it. */
    private static final class Counted {
        private final String name;
        private final int payloads;
        private final List<Tree> texts;
        private long records;
        private long bytes;
        private long lost;

        Counted(Tree description) {
            name = description.text("name");
            payloads = description.number("payloads");
            texts = description.trees("texts");
        }

        void pass(EntryReader entries) {
            long start = entries.position();
            for (int i = 0; i < payloads; i++) {
                entries.skip(entries.length());
            }
            for (Tree text : texts) {
                if (text.isTrue("numbered")) {
                    entries.varint();
                } else {
                    entries.skip(entries.length());
                }
            }
            records++;
            bytes += entries.position() - start;
        }

        RecordingSummary.Source summary() {
            return new RecordingSummary.Source(name, records, bytes, lost);
        }
    }

    private SummaryReader(Description description) {
        description.sources().forEach(source -> sources.add(new Counted(source)));
    }

    static RecordingSummary read(Path path, BlockReader reader, Description description) {
        SummaryReader counter = new SummaryReader(description);
        counter.readAll(reader, path);
        return new RecordingSummary(
                description.image(),
                description.digest(),
                description.params(),
                description.started().atZone(description.zone()),
                Duration.ofNanos(counter.now - counter.first),
                description.architecture(),
                description.kernel(),
                counter.sources.stream().map(Counted::summary).toList(),
                reader.blocks(),
                size(path),
                reader.problems());
    }

    private void readAll(BlockReader reader, Path path) {
        EntryReader entries = new EntryReader();
        Optional<Block> block = reader.next();
        while (block.isPresent()) {
            if (block.get().header().kind() == BlockKind.EVENTS) {
                try {
                    EntryHandler.read(block.get(), sources.size(), entries, this);
                } catch (RecordingException malformed) {
                    throw new RecordingException(
                            path + ": block " + (reader.blocks() - 1) + ": " + malformed.getMessage(), malformed);
                }
            }
            block = reader.next();
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException gone) {
            throw new RecordingException("reading recording " + path + ": " + FileProblem.text(gone), gone);
        }
    }

    @Override
    public void start(long bootTime, long distance) {
        if (!running) {
            running = true;
            first = bootTime;
        }
        now = bootTime;
    }

    @Override
    public void time(long sinceLast) {
        now += sinceLast;
    }

    @Override
    public void clock(long distance) {}

    @Override
    public void text(EntryReader entries, int length) {
        entries.skip(length);
    }

    @Override
    public void record(int source, EntryReader entries) {
        sources.get(source).pass(entries);
    }

    @Override
    public void element(int source, EntryReader entries) {
        sources.get(source).pass(entries);
    }

    @Override
    public void array(int source) {}

    @Override
    public void lost(int source, long records) {
        sources.get(source).lost += records;
    }
}

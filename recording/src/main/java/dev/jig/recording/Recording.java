// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.gadget.Operator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A recording, opened to be replayed once. */
public final class Recording implements AutoCloseable {
    /** Operators whose params say how records were made: their fields depend on them. */
    private static final List<String> MAKERS = List.of("operator.oci.", "operator.ustack.");

    private static final String ALL_OF_THE_HOST = "operator.LocalManager.host";

    private final Path path;
    private final BlockReader reader;
    private final Description description;

    private Recording(Path path, BlockReader reader, Description description) {
        this.path = path;
        this.reader = reader;
        this.description = description;
    }

    /**
     * Opens a recording and reads its description.
     *
     * @throws RecordingException when there is none, or it is of another version
     */
    public static Recording open(Path path) {
        BlockReader reader = new BlockReader(path);
        try {
            Block first = reader.next()
                    .orElseThrow(() -> new RecordingException(path + ": " + String.join("; ", reader.problems())));
            return new Recording(path, reader, Description.read(first, path.toString()));
        } catch (RuntimeException failure) {
            reader.close();
            throw failure;
        }
    }

    /** The gadget that was recorded, as its user named it. */
    public String image() {
        return description.image();
    }

    /** Whether the records have all fields, as those that a daemon sent: only what shows them is to take part. */
    public boolean isComplete() {
        return description.complete();
    }

    /**
     * The values of params for a replay: those by which the records were made, and others over them.
     *
     * @param given by whoever replays
     */
    public Map<String, String> values(Map<String, String> given) {
        Map<String, String> values = new LinkedHashMap<>();
        description.params().forEach((name, value) -> {
            for (String prefix : MAKERS) {
                if (name.startsWith(prefix)) {
                    values.put(name, value);
                }
            }
        });
        // What was recorded had been selected: on replay all of it is shown.
        values.put(ALL_OF_THE_HOST, "true");
        values.putAll(given);
        return values;
    }

    /** The operators that stand in for those that made the records; for one run. */
    public List<Operator> operators() {
        ReplayTexts texts = new ReplayTexts();
        List<ReplayedSource> sources = new ArrayList<>();
        return List.of(
                new ReplayOperator(path, reader, description, texts, sources), new ReplayFields(description, sources));
    }

    /** Reads the whole recording and tells what is in it; it cannot be replayed afterwards. */
    public RecordingSummary summarise() {
        return SummaryReader.read(path, reader, description);
    }

    @Override
    public void close() {
        reader.close();
    }
}

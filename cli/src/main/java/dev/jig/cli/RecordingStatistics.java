// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Json;
import dev.jig.recording.RecordingSummary;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is in a recording, for people or as JSON. */
final class RecordingStatistics {
    private static final int LABEL_WIDTH = 12;

    private RecordingStatistics() {}

    /**
     * @param outputMode {@code json} or nothing
     */
    static String write(RecordingSummary summary, String outputMode) {
        return switch (outputMode) {
            case "", "columns" -> text(summary);
            case "json" -> new String(Json.write(tree(summary)), java.nio.charset.StandardCharsets.UTF_8) + "\n";
            default ->
                throw new CliException("output mode \"" + outputMode
                        + "\" is not supported for --stats: one of columns, json is expected");
        };
    }

    private static String text(RecordingSummary summary) {
        StringBuilder out = new StringBuilder();
        line(out, "Gadget", summary.image() + (summary.digest().isEmpty() ? "" : " (" + summary.digest() + ")"));
        summary.params().forEach((name, value) -> line(out, "Param", name + "=" + value));
        line(out, "Started", summary.started().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        line(out, "Lasted", seconds(summary.lasted()) + " s");
        line(out, "Machine", summary.architecture() + ", Linux " + summary.kernel());
        for (RecordingSummary.Source source : summary.sources()) {
            line(
                    out,
                    "Source",
                    source.name() + ": " + source.records() + " records, " + source.bytes() + " bytes, " + source.lost()
                            + " lost when recorded");
        }
        line(out, "File", summary.blocks() + " blocks, " + summary.bytes() + " bytes");
        line(
                out,
                "Ended",
                summary.problems().isEmpty()
                        ? "in order"
                        : String.join("\n" + " ".repeat(LABEL_WIDTH), summary.problems()));
        return ControlCharacters.neutralise(out.toString());
    }

    private static void line(StringBuilder out, String label, String text) {
        out.append(label).append(':').repeat(' ', LABEL_WIDTH - label.length() - 1);
        out.append(text).append('\n');
    }

    private static String seconds(Duration time) {
        String millis = String.valueOf(time.toMillisPart());
        return time.toSeconds() + "." + "0".repeat(3 - millis.length()) + millis;
    }

    private static Map<String, Object> tree(RecordingSummary summary) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("image", summary.image());
        tree.put("digest", summary.digest());
        tree.put("params", summary.params());
        tree.put("started", summary.started().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        tree.put("seconds", seconds(summary.lasted()));
        tree.put("architecture", summary.architecture());
        tree.put("kernel", summary.kernel());
        List<Object> sources = new ArrayList<>();
        for (RecordingSummary.Source source : summary.sources()) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("name", source.name());
            described.put("records", source.records());
            described.put("bytes", source.bytes());
            described.put("lost", source.lost());
            sources.add(described);
        }
        tree.put("sources", sources);
        tree.put("blocks", summary.blocks());
        tree.put("bytes", summary.bytes());
        tree.put("problems", summary.problems());
        return tree;
    }
}

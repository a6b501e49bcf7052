// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a gadget on a kernel, as {@code vmtest/gadgets.sh} tells it.
 *
 * @param text for a table
 * @param said an event, or the reason why there is none
 */
record GadgetOutcome(String gadget, String text, String said) {
    private static final String CANNOT = "cannot";
    private static final int MANY = 5;
    private static final String LAST_PHASE = "starting operator \"oci\": ";

    /** Reads the lines that the script prints between the kernel's release and the last one. */
    static List<GadgetOutcome> parse(List<String> lines) {
        List<GadgetOutcome> outcomes = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("\t", 4);
            if (parts.length == 4) {
                outcomes.add(new GadgetOutcome(parts[0], text(parts[1], parts[2], parts[3]), parts[3]));
            }
        }
        return outcomes;
    }

    private static String text(String state, String hooks, String said) {
        return switch (state) {
            case "runs" -> hooks.isEmpty() ? "runs" : "runs: " + describe(List.of(hooks.split(", ", -1)));
            case "cannot" -> CANNOT + ": " + reason(said);
            default -> "NOTHING SEEN";
        };
    }

    /** Each of them is job, rank and kind. */
    private static String describe(List<String> hooks) {
        List<String> texts = new ArrayList<>();
        for (String hook : hooks) {
            String[] words = hook.split(" ", 3);
            texts.add(words[0] + " " + words[2] + " (" + words[1] + ")");
        }
        return shortened(texts);
    }

    /** Jobs with kind and rank, as the table has them: no name of the job where there is but one. */
    private static String shortened(List<String> jobs) {
        if (jobs.size() > MANY) {
            return jobs.size() + " jobs";
        }
        return jobs.size() == 1 ? jobs.getFirst().substring(jobs.getFirst().indexOf(' ') + 1) : String.join(", ", jobs);
    }

    /**
     * What {@code ig check} foresees, in the words of outcomes, by gadget; of what cannot run without the reason.
     *
     * @param json its output
     */
    static Map<String, String> foreseen(String json) {
        Map<String, String> texts = new TreeMap<>();
        for (JsonNode report : Events.parse(json).get("gadgets")) {
            List<String> jobs = new ArrayList<>();
            report.get("how").forEach(how -> jobs.add(how.asText()));
            String text = switch (report.get("verdict").asText()) {
                case "will load" -> jobs.isEmpty() ? "runs" : "runs: " + shortened(jobs);
                case "will not load" -> CANNOT;
                default -> "unknown: " + report.get("why");
            };
            texts.put(report.get("gadget").asText(), text);
        }
        return texts;
    }

    /** What should have been foreseen. */
    String foreseeable() {
        return text.startsWith(CANNOT) ? CANNOT : text;
    }

    private static String reason(String said) {
        int phase = said.lastIndexOf(LAST_PHASE);
        String reason = phase < 0 ? said : said.substring(phase + LAST_PHASE.length());
        int end = reason.indexOf(". ");
        return (end < 0 ? reason : reason.substring(0, end)).strip().replace("|", "\\|");
    }
}

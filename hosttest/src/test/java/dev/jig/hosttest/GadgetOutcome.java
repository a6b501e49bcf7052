// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a gadget on a kernel, as {@code vmtest/gadgets.sh} tells it.
 *
 * @param text for a table
 * @param said an event, or the reason why there is none
 */
record GadgetOutcome(String gadget, String text, String said) {
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
            case "cannot" -> "cannot: " + reason(said);
            default -> "NOTHING SEEN";
        };
    }

    /** Each of them is job, rank and kind. */
    private static String describe(List<String> hooks) {
        List<String> texts = new ArrayList<>();
        for (String hook : hooks) {
            String[] words = hook.split(" ", 3);
            String text = words[2] + " (" + words[1] + ")";
            texts.add(hooks.size() == 1 ? text : words[0] + " " + text);
        }
        return hooks.size() > MANY ? hooks.size() + " jobs" : String.join(", ", texts);
    }

    private static String reason(String said) {
        int phase = said.lastIndexOf(LAST_PHASE);
        String reason = phase < 0 ? said : said.substring(phase + LAST_PHASE.length());
        int end = reason.indexOf(". ");
        return (end < 0 ? reason : reason.substring(0, end)).strip().replace("|", "\\|");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a flag that is typed.
 *
 * @param outline of the gadget that the command line names
 */
record FlagValue(Flag flag, Optional<GadgetOutline> outline) {
    private static final List<String> FIELDS = List.of("fields", "sort", "count-by", "sum", "filter", "filter-expr");

    /** What stands between names of fields: in lists, in filters, before and behind operators. */
    private static final String BETWEEN = ",;!&|()[ ";

    /**
     * Completes it.
     *
     * @param before what belongs to the word and not to the value: {@code --name=}
     */
    Completion complete(String before, String typed) {
        if (typed.startsWith("@")) {
            return Completion.files();
        }
        List<String> possible =
                flag.isBoolean() ? List.of("true", "false") : flag.param().possibleValues();
        if (!possible.isEmpty()) {
            return words(before, typed, possible);
        }
        if (outline.isPresent() && flag.name().equals("output")) {
            return words(before, typed, outline.get().modes());
        }
        if (outline.isPresent() && FIELDS.contains(flag.name())) {
            return fields(before, typed, outline.get().fields());
        }
        return Completion.files();
    }

    private static Completion words(String before, String typed, Iterable<String> words) {
        List<Candidate> candidates = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith(typed)) {
                candidates.add(Candidate.of(before + word));
            }
        }
        return Completion.only(candidates);
    }

    /** The field behind the last separator; a data source's name may stand before it, a sign too. */
    private static Completion fields(String before, String typed, Map<String, List<Candidate>> sources) {
        int start = 0;
        for (int i = 0; i < typed.length(); i++) {
            boolean sign = i == start && (typed.charAt(i) == '+' || typed.charAt(i) == '-');
            if (sign || BETWEEN.indexOf(typed.charAt(i)) >= 0) {
                start = i + 1;
            }
        }
        int colon = typed.indexOf(':', start);
        String only = colon < 0 ? "" : typed.substring(start, colon);
        String name = typed.substring(colon < 0 ? start : colon + 1);
        String kept = before + typed.substring(0, typed.length() - name.length());
        List<Candidate> candidates = new ArrayList<>();
        sources.forEach((source, fields) -> {
            if (only.isEmpty() || only.equals(source)) {
                for (Candidate field : fields) {
                    if (field.word().startsWith(name)) {
                        candidates.add(new Candidate(kept + field.word(), field.description()));
                    }
                }
            }
        });
        return Completion.open(candidates);
    }
}

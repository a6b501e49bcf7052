// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant who wrote an unknown name. */
public final class Suggestion {
    private Suggestion() {}

    /** The first of the names that needs the fewest changes of single characters; none if all need too many. */
    public static Optional<String> nearest(String word, List<String> names) {
        Optional<String> best = Optional.empty();
        int bestDistance = Math.max(2, word.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(word.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = Optional.of(name);
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Levenshtein distance. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int i = 0; i < previous.length; i++) {
            previous[i] = i;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
final class Nearest {
    /** Changed letters up to which a word is taken for a slip. */
    static final int FARTHEST = 2;

    private Nearest() {}

    /** The nearest of some words, unless none is near. */
    static Optional<String> find(String typed, Collection<String> words) {
        Optional<String> best = Optional.empty();
        int bestDistance = FARTHEST + 1;
        for (String word : words) {
            int distance = distance(typed, word);
            boolean closer = distance < bestDistance
                    || distance == bestDistance && startsAlike(typed, word) && !startsAlike(typed, best.orElse(""));
            if (closer && distance < word.length()) {
                best = Optional.of(word);
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Of equally near words, one that begins with the same letter is the likelier one. */
    private static boolean startsAlike(String typed, String word) {
        return !typed.isEmpty() && !word.isEmpty() && typed.charAt(0) == word.charAt(0);
    }

    /** Levenshtein's distance: the least number of letters to insert, remove or replace. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}

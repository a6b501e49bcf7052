// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a shell is told about a word.
 *
 * @param candidates sorted
 * @param directive bits by which the shell treats them
 */
record Completion(List<Candidate> candidates, int directive) {
    /** More may follow in the same word: no blank behind it. */
    static final int NO_SPACE = 2;

    /** Names of files would make no sense. */
    static final int NO_FILES = 4;

    /** Words that nothing but these may be. */
    static Completion only(Collection<Candidate> candidates) {
        return new Completion(sorted(candidates), NO_FILES);
    }

    /** Words to which more may be added. */
    static Completion open(Collection<Candidate> candidates) {
        return new Completion(sorted(candidates), NO_SPACE | NO_FILES);
    }

    /** The shell completes names of files. */
    static Completion files() {
        return new Completion(List.of(), 0);
    }

    private static List<Candidate> sorted(Collection<Candidate> candidates) {
        Map<String, Candidate> byWord = new TreeMap<>();
        for (Candidate candidate : candidates) {
            byWord.putIfAbsent(candidate.word(), candidate);
        }
        return List.copyOf(byWord.values());
    }

    /** One line a candidate, with a tabulator before its description; the last line is a colon and the directive. */
    String text(boolean described) {
        StringBuilder out = new StringBuilder();
        for (Candidate candidate : candidates) {
            out.append(oneLine(candidate.word()));
            if (described && !candidate.description().isEmpty()) {
                out.append('\t').append(oneLine(candidate.description()));
            }
            out.append('\n');
        }
        return out.append(':').append(directive).append('\n').toString();
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\t', ' ');
    }
}

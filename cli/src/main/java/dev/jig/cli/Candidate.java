// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

/**
 * A word that a shell may complete to.
 *
 * @param word the whole word, with what was typed already
 * @param description a line; empty for none
 */
record Candidate(String word, String description) {
    /** A word that speaks for itself. */
    static Candidate of(String word) {
        return new Candidate(word, "");
    }
}

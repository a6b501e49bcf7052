// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.List;

/** A command of the program. */
interface Command {
    /** The word that starts it. */
    String name();

    /** Further words that start it. */
    default List<String> aliases() {
        return List.of();
    }

    /** What it does, in a few words. */
    String summary();

    /**
     * Runs it.
     *
     * @param words what stands behind the command's name
     * @return the exit code
     */
    int run(List<String> words);
}

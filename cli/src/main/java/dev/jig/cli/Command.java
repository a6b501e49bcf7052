// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.Collection;
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

    /** All words that start it, and what they are followed by: {@code ig image tag SRC_IMAGE DST_IMAGE}. */
    String usage();

    /** Its own flags: those of all commands are no part of them, nor those that a gadget brings. */
    Collection<Flag> flags();

    /** Commands below it. */
    default List<Command> commands() {
        return List.of();
    }

    /**
     * Runs it.
     *
     * @param words what stands behind the command's name
     * @return the exit code
     */
    int run(List<String> words);
}

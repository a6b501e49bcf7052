// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import dev.jig.datasource.Utf8Buffer;

/** Where printed events go. */
public interface Output {
    /**
     * Writes all bytes.
     *
     * @return false when it takes no more: nobody reads, or the disk is full
     */
    boolean write(Utf8Buffer bytes);

    /** Whether somebody sits before it. */
    boolean isTerminal();

    /** Whether somebody sits before it who wants to see what stands out. */
    default boolean isColored() {
        return false;
    }

    /** Character cells in a line; 0 when unknown. */
    int terminalWidth();
}

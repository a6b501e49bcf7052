// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/**
 * What a writer needs to know about where its output goes.
 *
 * @param compat whether the exact bytes of the reference implementation are wanted where ours are better by default
 * @param terminal whether the output goes to a terminal
 * @param terminalWidth character cells of one line of the terminal; 0 when unknown
 * @param emphasis whether headers of tables may stand out
 */
public record OutputOptions(boolean compat, boolean terminal, int terminalWidth, boolean emphasis) {
    public OutputOptions(boolean compat, boolean terminal, int terminalWidth) {
        this(compat, terminal, terminalWidth, false);
    }

    public OutputOptions {
        if (terminalWidth < 0) {
            throw new DataSourceException("terminal width " + terminalWidth + " is negative");
        }
    }

    /** Output to a pipe or a file. */
    public static OutputOptions plain() {
        return new OutputOptions(false, false, 0);
    }

    /** Output to a terminal of this width. */
    public static OutputOptions terminal(int width) {
        return new OutputOptions(false, true, width);
    }

    /** The same with headers that stand out. */
    public OutputOptions withEmphasis() {
        return new OutputOptions(compat, terminal, terminalWidth, true);
    }

    /** The same with the reference implementation's exact bytes. */
    public OutputOptions withCompat() {
        return new OutputOptions(true, terminal, terminalWidth, emphasis);
    }
}

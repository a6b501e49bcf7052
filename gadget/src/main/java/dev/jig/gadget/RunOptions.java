// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static java.util.Objects.requireNonNull;

/**
 * How a run was asked for.
 *
 * @param values of params, by fully qualified name
 * @param log where messages for the user go
 * @param compat whether upstream's exact bytes and habits are wanted where ours are better by default
 */
public record RunOptions(ParamValues values, Log log, boolean compat) {
    /** No values, no messages, our own habits. */
    public static final RunOptions DEFAULT = new RunOptions(ParamValues.none(), Log.NONE, false);

    public RunOptions {
        requireNonNull(values, "values is null");
        requireNonNull(log, "log is null");
    }
}

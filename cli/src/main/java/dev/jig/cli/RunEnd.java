// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.EventCount;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Log;
import java.util.Map;

/**
 * How a run that somebody watches ends.
 *
 * @param console where it was watched
 */
record RunEnd(Console console) {
    /** Leaves at once. */
    void giveUp(GadgetContext context) {
        console.error("nobody takes the output: what was not yet written is dropped");
        summarise(context);
        console.flush();
        Runtime.getRuntime().halt(ExitCode.FAILURE);
    }

    /** How many events there were, and how many are missing: always said where some are, else only to people. */
    void summarise(GadgetContext context) {
        summarise("", context);
    }

    /** The same for one of several gadgets, whose name comes first. */
    void summarise(String gadget, GadgetContext context) {
        for (Map.Entry<String, EventCount> entry : context.counts().entrySet()) {
            EventCount count = entry.getValue();
            boolean told = !context.options().compat() && context.log().isEnabled(Log.Level.INFO);
            if (count.lost() > 0 || told) {
                console.note(gadget + entry.getKey() + ": " + count.delivered() + " events delivered, " + count.lost()
                        + " lost");
            }
        }
    }
}

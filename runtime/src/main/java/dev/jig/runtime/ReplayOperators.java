// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.gadget.Operator;
import dev.jig.recording.Recording;
import java.util.ArrayList;
import java.util.List;

/** The operators that take part where a recording is replayed: those of a run, but for those that need a kernel. */
public final class ReplayOperators {
    private ReplayOperators() {}

    /** All of them, and further ones, for instance one that prints. */
    public static List<Operator> with(Recording recording, Operator... further) {
        List<Operator> operators = new ArrayList<>(recording.operators());
        if (recording.isComplete()) {
            // Records that a daemon sent have gone through its operators already.
            operators.addAll(LocalOperators.choosingWith(further));
        } else {
            operators.addAll(LocalOperators.derivingWith(new SharedState(), further));
        }
        return operators;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.gadget.Operator;
import dev.jig.operators.cli.CliOperator;
import dev.jig.operators.cli.Output;
import dev.jig.recording.Recording;
import java.util.ArrayList;
import java.util.List;

/** The operators that take part where a recording is replayed: those of a run, but for those that need a kernel. */
public final class ReplayOperators {
    private ReplayOperators() {}

    /** All of them, printing to an output. */
    public static List<Operator> with(Recording recording, Output output) {
        List<Operator> operators = new ArrayList<>(recording.operators());
        // Records that a daemon sent have gone through its operators already.
        operators.addAll(
                recording.isComplete()
                        ? ClientOperators.with(output)
                        : LocalOperators.derivingWith(new SharedState(), new CliOperator(output)));
        return operators;
    }

    /** All of them but one that prints. */
    static List<Operator> of(Recording recording) {
        List<Operator> operators = new ArrayList<>(recording.operators());
        if (!recording.isComplete()) {
            operators.addAll(LocalOperators.derivingWith(new SharedState()));
        }
        return operators;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.inspect.InspectException;

/** How much work an analysis may be. The largest gadgets known need a hundredth of it. */
final class FlowBudget {
    /** Slots of one program with all its functions. */
    static final int MOST_SLOTS = 200_000;

    private static final int MOST_STEPS = 3_000_000;
    private final String program;
    private int steps;

    FlowBudget(String program) {
        this.program = program;
    }

    void spend(int more) {
        steps += more;
        if (steps > MOST_STEPS) {
            throw new InspectException(
                    "program " + program + " is too complicated to be analysed: more than " + MOST_STEPS + " steps");
        }
    }
}

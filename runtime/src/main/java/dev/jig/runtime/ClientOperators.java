// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.gadget.Operator;
import dev.jig.operators.cli.CliOperator;
import dev.jig.operators.cli.Output;
import dev.jig.operators.limiter.LimiterOperator;
import dev.jig.operators.sort.SortOperator;
import dev.jig.recording.RecordOperator;
import java.util.List;

/** The operators that take part where a gadget is shown that runs in a daemon. */
public final class ClientOperators {
    private ClientOperators() {}

    /** All of them, printing to an output. */
    public static List<Operator> with(Output output) {
        return List.of(new RecordOperator(), new SortOperator(), new LimiterOperator(), new CliOperator(output));
    }
}

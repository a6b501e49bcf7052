// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.List;
import java.util.Optional;

/**
 * Somebody who takes part in running gadgets: makes data sources, adds fields, filters, prints.
 *
 * <p>Operators are asked in the order of {@link #priority()}, then of {@link #name()}; stopping goes the other way.
 */
public interface Operator {
    /** The name, part of the fully qualified names of its params. */
    String name();

    /** Lower comes first. */
    int priority();

    /** Settings that hold for all runs of a process; their prefix is {@code operator.<name>.}. */
    default List<Param> globalParams() {
        return List.of();
    }

    /** Settings of one run, known without looking at the gadget; their prefix is {@code operator.<name>.}. */
    default List<Param> instanceParams() {
        return List.of();
    }

    /**
     * Takes part in a run: registers data sources and fields, and says which params it has.
     *
     * @return nothing when this gadget is none of the operator's business
     * @throws GadgetException when the gadget or a param's value is wrong
     */
    Optional<OperatorInstance> instantiate(GadgetContext context);
}

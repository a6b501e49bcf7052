// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.List;

/**
 * An operator's part in one run. The methods are called once each, in the order in which they stand here; {@link
 * #close()} always, the others as far as the run gets. {@link #explain} is called instead of those from {@link #preStart} on.
 */
public interface OperatorInstance extends AutoCloseable {
    /** Params that depend on the gadget. */
    default List<Param> params() {
        return List.of();
    }

    /**
     * The values of all params are known, also of those that depend on the gadget: check them, before anything is started.
     *
     * @throws GadgetException when one is wrong
     */
    default void configure(GadgetContext context) {}

    /** What a run would do to this machine; tried out where only that tells, and given up again when this returns. */
    default List<Explanation> explain(GadgetContext context) {
        return List.of();
    }

    /** All fields are known: subscribe. */
    default void preStart(GadgetContext context) {}

    /** Get ready to produce data: the layout of all data sources is fixed. */
    default void start(GadgetContext context) {}

    /** Every operator has started: hand out data from here on. */
    default void started(GadgetContext context) {}

    /** The run is about to end: last periodic reads. */
    default void preStop(GadgetContext context) {}

    /** Produce no more data; what is buffered has been handed out when this returns. */
    default void stop(GadgetContext context) {}

    /** Every operator has stopped. */
    default void postStop(GadgetContext context) {}

    /** Gives up everything that is held. */
    @Override
    default void close() {}
}

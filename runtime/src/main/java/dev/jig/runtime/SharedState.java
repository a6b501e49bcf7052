// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.operators.bpfstats.GadgetRegistry;
import dev.jig.operators.metrics.MetricsHub;

/**
 * What the runs of a process share.
 *
 * @param gadgets those that have programs in the kernel
 * @param metrics of all of them
 */
public record SharedState(GadgetRegistry gadgets, MetricsHub metrics) {
    /** That of a process in which nothing runs yet. */
    public SharedState() {
        this(new GadgetRegistry(), new MetricsHub());
    }
}

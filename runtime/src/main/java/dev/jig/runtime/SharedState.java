// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.operators.bpfstats.GadgetRegistry;

/**
 * What the runs of a process share.
 *
 * @param gadgets those that have programs in the kernel
 */
public record SharedState(GadgetRegistry gadgets) {
    /** That of a process in which nothing runs yet. */
    public SharedState() {
        this(new GadgetRegistry());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import dev.jig.datasource.RecordArray;

/** Looks at the machine, again and again; used by one thread. */
@FunctionalInterface
public interface Sampler {
    /**
     * Adds a record for everything there is.
     *
     * @param seconds since the last look; 0 for the first one, which is not handed out
     */
    void sample(RecordArray array, double seconds);
}

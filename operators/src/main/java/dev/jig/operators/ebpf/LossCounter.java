// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

/** Counts the records of a tracer that did not fit into its buffer. */
interface LossCounter extends AutoCloseable {
    /** Losses since the last call. */
    long poll();

    @Override
    void close();
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import dev.jig.bpf.sys.EventPoll;

/** A mapped buffer that programs of the kernel fill and one thread of this process empties, where the records lie. */
public sealed interface Ring extends AutoCloseable permits RingBuffer, PerfBuffer {
    /**
     * Hands out records that are there, at most {@code limit} of them.
     *
     * @return how many were passed over
     */
    int drain(RecordHandler handler, int limit);

    /**
     * Asks the kernel to wake a waiter for the next record.
     *
     * @return whether records arrived in the meantime, for which no wake-up will come
     */
    default boolean release() {
        return false;
    }

    /** Whether records were kept for a later look, though nobody will be woken for them. */
    default boolean holdsBack() {
        return false;
    }

    /** Milliseconds after which to look though nobody was woken; -1 for never. */
    default int longestWait() {
        return -1;
    }

    /** From now on no record is kept for a later look. */
    default void finish() {}

    /** How much of the fullest part is filled, from 0 to 1. */
    double fullness();

    /** Bytes that all records together can take. */
    long size();

    /** Has a waiter woken when it should look. */
    void wakeUpBy(EventPoll poll);

    @Override
    void close();
}

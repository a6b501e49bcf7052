// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import java.lang.foreign.MemorySegment;

/** Receives the records of a ring, in the ring itself. */
public interface RecordHandler {
    /**
     * One record. The bytes are valid during the call only.
     *
     * @param memory the ring's data pages
     * @param offset of the record's first byte in {@code memory}
     * @param length of the record in bytes
     */
    void onRecord(MemorySegment memory, long offset, int length);

    /** No further record is there right now: what was buffered should be handed on. */
    default void onBatchEnd() {}
}

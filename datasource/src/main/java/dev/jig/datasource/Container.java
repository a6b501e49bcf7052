// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;

/**
 * The payload that the members of one fixed layout share.
 *
 * @param payload index of the payload
 * @param size bytes of the whole layout
 */
public record Container(int payload, int size) {
    /** Sets the payload of the current record without copying; fewer bytes than {@link #size()} read as zero at the end. */
    public void wrap(Record record, MemorySegment bytes, long offset, int length) {
        record.wrapPayload(payload, bytes, offset, length);
    }
}

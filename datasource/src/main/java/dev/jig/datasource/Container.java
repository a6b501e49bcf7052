// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * The payload that the members of one fixed layout share.
 *
 * @param payload index of the payload
 * @param size bytes that its records have; further places of the layout may follow
 */
public record Container(int payload, int size) {
    /** Sets the payload of the current record without copying; fewer bytes than {@link #size()} read as zero at the end. */
    public void wrap(Record record, MemorySegment bytes, long offset, int length) {
        record.wrapPayload(payload, bytes, offset, length);
    }

    /**
     * A number that is some bits of this payload, for {@link Field#deriveNumber}.
     *
     * @param offset bits before the first one, counted as compilers place bit-fields in this byte order
     * @param bits how many there are, 1 to 64
     * @param signed whether the most significant one is a sign
     */
    public NumberDerivation bits(int offset, int bits, boolean signed, ByteOrder order) {
        return new BitField(payload, offset, bits, signed, order);
    }
}

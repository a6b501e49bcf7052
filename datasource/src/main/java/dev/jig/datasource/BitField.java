// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.nio.ByteOrder;

/**
 * Some bits of a payload as a number. Bits are counted as compilers place bit-fields: from the least significant bit of the first byte on where numbers are
 * little-endian, from its most significant one where they are big-endian.
 *
 * @param payload index of the payload
 * @param offset bits before the first one
 * @param size number of bits, 1 to 64
 * @param signed whether the most significant one is a sign
 * @param order that of the payload's numbers
 */
record BitField(int payload, int offset, int size, boolean signed, ByteOrder order) implements NumberDerivation {
    BitField {
        if (offset < 0 || size < 1 || size > Long.SIZE) {
            throw new DataSourceException("a bit-field of " + size + " bits at bit " + offset);
        }
    }

    @Override
    public long derive(Record record) {
        int before = offset % Byte.SIZE;
        int bytes = (before + size + Byte.SIZE - 1) / Byte.SIZE;
        boolean little = order == ByteOrder.LITTLE_ENDIAN;
        int shift = little ? -before : before + size - Byte.SIZE;
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            long bits = record.byteAt(payload, offset / Byte.SIZE + i) & 0xff;
            value |= shift < 0 ? bits >>> -shift : bits << shift;
            shift += little ? Byte.SIZE : -Byte.SIZE;
        }
        int unused = Long.SIZE - size;
        return signed ? value << unused >> unused : value << unused >>> unused;
    }
}

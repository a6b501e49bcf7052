// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import dev.jig.bpf.bytes.ByteView;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The one pass over all type records that finds where each starts. Written as a plain loop over an array, since it runs before any compiler did. */
final class TypeScanner {
    private static final int HEADER_SIZE = 12;
    private static final int MAXIMUM_TYPES = 1 << 22;

    private TypeScanner() {}

    /** Offsets of the records in {@code types}; the first record is element 1, as type 0 has none, and has id {@code firstId} in messages. */
    static int[] scan(ByteView types, int firstId) {
        byte[] bytes = types.toByteArray();
        int infoLow = types.order() == ByteOrder.LITTLE_ENDIAN ? 4 : 7;
        int direction = types.order() == ByteOrder.LITTLE_ENDIAN ? 1 : -1;
        int[] offsets = new int[bytes.length / 24 + 16];
        int count = 1;
        int at = 0;
        while (at < bytes.length) {
            if (bytes.length - at < HEADER_SIZE) {
                throw truncated(types, firstId + count - 1, at);
            }
            int length = (bytes[at + infoLow] & 0xff) | (bytes[at + infoLow + direction] & 0xff) << 8;
            int kind = bytes[at + infoLow + 3 * direction] & 0x1f;
            int size = recordSize(types, kind, length, firstId + count - 1);
            if (bytes.length - at < size) {
                throw truncated(types, firstId + count - 1, at);
            }
            if (count == offsets.length) {
                if (count > MAXIMUM_TYPES) {
                    throw new BtfException(types.name() + ": more than " + MAXIMUM_TYPES + " types");
                }
                offsets = Arrays.copyOf(offsets, count * 2);
            }
            offsets[count++] = at;
            at += size;
        }
        return Arrays.copyOf(offsets, count);
    }

    private static int recordSize(ByteView types, int kind, int length, int id) {
        return switch (kind) {
            case 1, 14, 17 -> HEADER_SIZE + 4;
            case 2, 7, 8, 9, 10, 11, 12, 16, 18 -> HEADER_SIZE;
            case 3 -> HEADER_SIZE + 12;
            case 4, 5, 15, 19 -> HEADER_SIZE + 12 * length;
            case 6, 13 -> HEADER_SIZE + 8 * length;
            default -> throw new BtfException(types.name() + ": type " + id + " has unknown kind " + kind);
        };
    }

    private static BtfException truncated(ByteView types, int id, int at) {
        return new BtfException(types.name() + ": type " + id + " at offset " + at + " exceeds the " + types.size()
                + " bytes of types");
    }
}

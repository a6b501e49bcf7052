// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import dev.jig.bpf.bytes.ByteView;

/**
 * The records that one part of {@code .BTF.ext} has about one program section, in order of instruction offset.
 *
 * @param section name of the program section
 * @param recordSize bytes of each record
 * @param count number of records
 * @param records the records themselves
 */
public record ExtensionSection(String section, int recordSize, int count, ByteView records) {
    public ExtensionSection {
        long before = -1;
        for (int i = 0; i < count; i++) {
            long offset = records.u32((long) i * recordSize);
            if (offset < before) {
                throw new BtfException(records.name() + ": record " + i
                        + " is about an earlier instruction than the one" + " before it");
            }
            before = offset;
        }
    }

    /** A 32-bit word of a record. */
    public int word(int record, int word) {
        return records.s32((long) record * recordSize + 4L * word);
    }

    /** Byte offset, in the program section, of the instruction a record is about. */
    public long instructionOffset(int record) {
        return word(record, 0) & 0xffff_ffffL;
    }

    /** Index of the first record about an instruction at or after this byte offset. */
    public int firstAt(long offset) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (instructionOffset(middle) < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import dev.jig.bpf.bytes.ByteView;

/**
 * Where things are in an ELF file of one class (ELF specification, "ELF Header", "Section Header", "Symbol Table", "Program Header").
 *
 * <pre>
 *              header: phoff shoff phentsize shentsize   segment: size flags offset vaddr filesz   section: size offset size link   symbol: size value info shndx
 *   32-bit  52         28    32    42        46                   32   24    4      8     16                40   16     20   24             16   4     12   14
 *   64-bit  64         32    40    54        58                   56   4     8      16    32                64   24     32   40             24   8     4    6
 * </pre>
 */
enum ExecutableLayout {
    BITS_32(4, 52, 28, 42, 32, 24, 4, 8, 16, 40, 16, 24, 16, 4, 12, 14),
    BITS_64(8, 64, 32, 54, 56, 4, 8, 16, 32, 64, 24, 40, 24, 8, 4, 6);

    final int wordSize;
    final int headerSize;
    final int segmentTable;
    final int segmentEntrySize;
    final int segmentSize;
    final int segmentFlags;
    final int segmentOffset;
    final int segmentAddress;
    final int segmentFileSize;
    final int sectionSize;
    final int sectionOffset;
    final int sectionLink;
    final int symbolSize;
    final int symbolValue;
    final int symbolInformation;
    final int symbolSection;

    ExecutableLayout(
            int wordSize,
            int headerSize,
            int segmentTable,
            int segmentEntrySize,
            int segmentSize,
            int segmentFlags,
            int segmentOffset,
            int segmentAddress,
            int segmentFileSize,
            int sectionSize,
            int sectionOffset,
            int sectionLink,
            int symbolSize,
            int symbolValue,
            int symbolInformation,
            int symbolSection) {
        this.wordSize = wordSize;
        this.headerSize = headerSize;
        this.segmentTable = segmentTable;
        this.segmentEntrySize = segmentEntrySize;
        this.segmentSize = segmentSize;
        this.segmentFlags = segmentFlags;
        this.segmentOffset = segmentOffset;
        this.segmentAddress = segmentAddress;
        this.segmentFileSize = segmentFileSize;
        this.sectionSize = sectionSize;
        this.sectionOffset = sectionOffset;
        this.sectionLink = sectionLink;
        this.symbolSize = symbolSize;
        this.symbolValue = symbolValue;
        this.symbolInformation = symbolInformation;
        this.symbolSection = symbolSection;
    }

    /** Offset of a section's size, which follows its offset. */
    int sectionLength() {
        return sectionOffset + wordSize;
    }

    /** The address, offset or size at a place. */
    long word(ByteView view, long offset) {
        return wordSize == Long.BYTES ? view.s64(offset) : view.u32(offset);
    }
}

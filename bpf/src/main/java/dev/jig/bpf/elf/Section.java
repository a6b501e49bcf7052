// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.elf;

/**
 * One section header.
 *
 * @param index position in the section header table
 * @param type one of {@link SectionType} or another number
 * @param flags {@code SHF_} bits
 * @param address virtual address, 0 in relocatable objects
 * @param offset of the contents in the file
 * @param size of the contents in bytes; for {@link SectionType#NOBITS} they are not in the file and read as zero
 * @param link index of a related section
 * @param info extra number, for relocations the section they apply to
 * @param entrySize bytes of one entry in a table, or 0
 */
public record Section(
        int index,
        String name,
        int type,
        long flags,
        long address,
        long offset,
        long size,
        int link,
        int info,
        long entrySize) {
    private static final int SHF_ALLOC = 2;
    private static final int SHF_EXECINSTR = 4;

    /** Whether it holds instructions. */
    public boolean isExecutable() {
        return (flags & SHF_EXECINSTR) != 0;
    }

    /** Whether it is part of the running image, in contrast to notes and debug information. */
    public boolean isAllocated() {
        return (flags & SHF_ALLOC) != 0;
    }
}

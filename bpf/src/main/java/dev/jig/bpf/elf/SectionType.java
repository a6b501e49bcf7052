// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.elf;

/** Section types (ELF specification, "Section Headers") that matter for eBPF objects. */
public final class SectionType {
    public static final int NULL = 0;
    public static final int PROGBITS = 1;
    public static final int SYMTAB = 2;
    public static final int STRTAB = 3;
    public static final int RELA = 4;
    public static final int NOBITS = 8;
    public static final int REL = 9;
    public static final int DYNSYM = 11;

    private SectionType() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.elf;

/**
 * One relocation.
 *
 * @param offset of the place to change, in bytes from the start of the target section
 * @param type machine-specific number
 * @param symbol index in the symbol table
 * @param addend explicit addend ({@code SHT_RELA}), or 0 when it stands in the place itself ({@code SHT_REL})
 */
public record Relocation(long offset, int type, int symbol, long addend) {}

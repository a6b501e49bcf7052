// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.elf;

/**
 * One entry of the symbol table.
 *
 * @param index position in the symbol table
 * @param type {@code STT_} number: what the symbol names
 * @param binding {@code STB_} number: local, global or weak
 * @param visibility {@code STV_} number
 * @param section index of the defining section, or {@link #UNDEFINED}, or a reserved index from 0xff00
 * @param value offset in that section, in bytes
 * @param size in bytes
 */
public record Symbol(
        int index, String name, int type, int binding, int visibility, int section, long value, long size) {
    public static final int UNDEFINED = 0;
    public static final int TYPE_NONE = 0;
    public static final int TYPE_OBJECT = 1;
    public static final int TYPE_FUNCTION = 2;
    public static final int TYPE_SECTION = 3;
    public static final int BINDING_LOCAL = 0;
    public static final int BINDING_GLOBAL = 1;
    public static final int BINDING_WEAK = 2;

    public boolean isLocal() {
        return binding == BINDING_LOCAL;
    }

    public boolean isWeak() {
        return binding == BINDING_WEAK;
    }

    public boolean isUndefined() {
        return section == UNDEFINED;
    }

    public boolean isFunction() {
        return type == TYPE_FUNCTION;
    }

    /** Whether it stands for its whole section, as compilers use for static symbols. */
    public boolean isSection() {
        return type == TYPE_SECTION;
    }

    /** Whether other objects cannot see it although it is not static ({@code STV_INTERNAL} or {@code STV_HIDDEN}). */
    public boolean isHidden() {
        return visibility == 1 || visibility == 2;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

/** Linkage of functions and variables, in the order of their numbers ({@code BTF_FUNC_*}, {@code BTF_VAR_*}). */
@SuppressWarnings("EnumOrdinal") // the order of the constants is that of the numbers, by definition
public enum Linkage {
    STATIC,
    GLOBAL,
    EXTERN;

    private static final Linkage[] LINKAGES = values();

    /** The linkage's number in the format. */
    public int number() {
        return ordinal();
    }

    static Linkage of(int number, String what) {
        if (number < 0 || number >= LINKAGES.length) {
            throw new BtfException(what + ": unknown linkage " + number);
        }
        return LINKAGES[number];
    }
}

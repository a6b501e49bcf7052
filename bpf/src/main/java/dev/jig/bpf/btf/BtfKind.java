// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

/** Kinds of types, in the order of their numbers (kernel: {@code include/uapi/linux/btf.h}, {@code BTF_KIND_*}). */
@SuppressWarnings("EnumOrdinal") // the order of the constants is that of the numbers, by definition
public enum BtfKind {
    VOID,
    INT,
    POINTER,
    ARRAY,
    STRUCT,
    UNION,
    ENUM,
    FORWARD,
    TYPEDEF,
    VOLATILE,
    CONST,
    RESTRICT,
    FUNCTION,
    FUNCTION_PROTOTYPE,
    VARIABLE,
    DATA_SECTION,
    FLOAT,
    DECLARATION_TAG,
    TYPE_TAG,
    ENUM64;

    private static final BtfKind[] KINDS = values();

    /** Number of kinds known. */
    static final int COUNT = KINDS.length;

    /** The kind's number in the format. */
    public int number() {
        return ordinal();
    }

    static BtfKind of(int number) {
        return KINDS[number];
    }

    /** Whether it is a struct or a union. */
    public boolean isComposite() {
        return this == STRUCT || this == UNION;
    }

    /** Whether it is an enumeration of either width. */
    public boolean isEnumeration() {
        return this == ENUM || this == ENUM64;
    }

    /** Whether it only qualifies another type: const, volatile, restrict or a type tag. */
    public boolean isModifier() {
        return this == CONST || this == VOLATILE || this == RESTRICT || this == TYPE_TAG;
    }

    /** Whether types of this kind are found by their names; tags have texts, not names. */
    boolean isLookedUpByName() {
        return this != DECLARATION_TAG && this != TYPE_TAG;
    }

    /** Number of bytes that follow the 12-byte header of a type of this kind with {@code count} elements. */
    int extraSize(int count) {
        return switch (this) {
            case INT, VARIABLE, DECLARATION_TAG -> 4;
            case ARRAY -> 12;
            case STRUCT, UNION, DATA_SECTION, ENUM64 -> 12 * count;
            case ENUM, FUNCTION_PROTOTYPE -> 8 * count;
            case VOID, POINTER, FORWARD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNCTION, FLOAT, TYPE_TAG -> 0;
        };
    }
}

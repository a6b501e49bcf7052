// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

/** What a CO-RE relocation asks for, in the order of the numbers (kernel: {@code enum bpf_core_relo_kind}). */
@SuppressWarnings("EnumOrdinal") // the order of the constants is that of the numbers, by definition
public enum RelocationKind {
    FIELD_BYTE_OFFSET("offset of field"),
    FIELD_BYTE_SIZE("size of field"),
    FIELD_EXISTS("existence of field"),
    FIELD_SIGNED("signedness of field"),
    FIELD_LSHIFT_U64("left shift of field"),
    FIELD_RSHIFT_U64("right shift of field"),
    TYPE_ID_LOCAL("local id of type"),
    TYPE_ID_TARGET("id of type"),
    TYPE_EXISTS("existence of type"),
    TYPE_SIZE("size of type"),
    ENUM_VALUE_EXISTS("existence of enumerator"),
    ENUM_VALUE("value of enumerator"),
    TYPE_MATCHES("match of type");

    private static final RelocationKind[] KINDS = values();

    private final String words;

    RelocationKind(String words) {
        this.words = words;
    }

    /** The kind with this number in the format. */
    public static RelocationKind of(int number) {
        if (number < 0 || number >= KINDS.length) {
            throw new CoreException("unknown CO-RE relocation kind " + Integer.toUnsignedString(number));
        }
        return KINDS[number];
    }

    /** The kind in words, to be followed by the name of the field, type or enumerator. */
    public String words() {
        return words;
    }

    /** Its number in the format. */
    public int number() {
        return ordinal();
    }

    boolean isField() {
        return ordinal() <= FIELD_RSHIFT_U64.ordinal();
    }

    boolean isEnumValue() {
        return this == ENUM_VALUE_EXISTS || this == ENUM_VALUE;
    }

    boolean isType() {
        return !isField() && !isEnumValue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** What the bytes of a field mean; numbers are those of the wire format, arrays carry {@link #ARRAY_BIT}. */
public enum Kind {
    INVALID(0, 0, "Invalid"),
    BOOL(1, 1, "Bool"),
    INT8(2, 1, "Int8"),
    INT16(3, 2, "Int16"),
    INT32(4, 4, "Int32"),
    INT64(5, 8, "Int64"),
    UINT8(6, 1, "Uint8"),
    UINT16(7, 2, "Uint16"),
    UINT32(8, 4, "Uint32"),
    UINT64(9, 8, "Uint64"),
    FLOAT32(10, 4, "Float32"),
    FLOAT64(11, 8, "Float64"),
    STRING(12, 0, "String"),
    CSTRING(13, 0, "CString"),
    BYTES(14, 0, "Bytes"),
    INVALID_ARRAY(INVALID),
    BOOL_ARRAY(BOOL),
    INT8_ARRAY(INT8),
    INT16_ARRAY(INT16),
    INT32_ARRAY(INT32),
    INT64_ARRAY(INT64),
    UINT8_ARRAY(UINT8),
    UINT16_ARRAY(UINT16),
    UINT32_ARRAY(UINT32),
    UINT64_ARRAY(UINT64),
    FLOAT32_ARRAY(FLOAT32),
    FLOAT64_ARRAY(FLOAT64),
    STRING_ARRAY(STRING),
    CSTRING_ARRAY(CSTRING),
    BYTES_ARRAY(BYTES);

    /** Set in the wire number of every array kind. */
    public static final int ARRAY_BIT = 0x10000000;

    private static final int SCALARS = 15;

    private final int wireNumber;
    private final int width;
    private final String displayName;
    private final boolean array;

    Kind(int wireNumber, int width, String displayName) {
        this.wireNumber = wireNumber;
        this.width = width;
        this.displayName = displayName;
        this.array = false;
    }

    Kind(Kind element) {
        this.wireNumber = ARRAY_BIT | element.wireNumber;
        this.width = element.width;
        this.displayName = element.displayName + "Array";
        this.array = true;
    }

    /** The kind with this number on the wire; an unknown number is an error that names it. */
    public static Kind ofWireNumber(int number) {
        int scalar = number & ~ARRAY_BIT;
        if (scalar < 0 || scalar >= SCALARS) {
            throw new DataSourceException("unknown field kind 0x" + Integer.toHexString(number));
        }
        return values()[scalar + (scalar == number ? 0 : SCALARS)];
    }

    /** The number that stands for this kind on the wire. */
    public int wireNumber() {
        return wireNumber;
    }

    /** Bytes of one value, or of one element of an array; 0 when the width varies. */
    public int width() {
        return width;
    }

    /** The name used in messages and in listings. */
    public String displayName() {
        return displayName;
    }

    /** Whether a value is a sequence of elements. */
    public boolean isArray() {
        return array;
    }

    /** The kind of one element; a scalar is its own element. */
    public Kind element() {
        return array ? ofWireNumber(wireNumber & ~ARRAY_BIT) : this;
    }

    /** The kind of an array of this scalar. */
    public Kind arrayOf() {
        if (array) {
            throw new DataSourceException("an array of " + displayName + " is not a kind");
        }
        return ofWireNumber(wireNumber | ARRAY_BIT);
    }

    /** Whether this is one of the eight integer scalars. */
    public boolean isInteger() {
        return wireNumber >= INT8.wireNumber && wireNumber <= UINT64.wireNumber;
    }

    /** Whether this is an integer scalar whose highest bit is a sign. */
    public boolean isSigned() {
        return wireNumber >= INT8.wireNumber && wireNumber <= INT64.wireNumber;
    }

    /** Whether this is a floating-point scalar. */
    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /** Whether this is text: a string with or without NUL terminator. */
    public boolean isText() {
        return this == STRING || this == CSTRING;
    }

    /** Whether a value is one number of fixed width: a bool, an integer or a float. */
    public boolean isNumeric() {
        return !array && width != 0;
    }
}

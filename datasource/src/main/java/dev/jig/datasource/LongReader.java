// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Reads a bool or integer field as a {@code long}, sign- or zero-extended; a bool is its raw byte. */
public final class LongReader extends FieldReader {
    private static final int UNBOUND = 0;
    private static final int UNSIGNED_8 = 1;
    private static final int SIGNED_8 = 2;
    private static final int UNSIGNED_16 = 3;
    private static final int SIGNED_16 = 4;
    private static final int UNSIGNED_32 = 5;
    private static final int SIGNED_32 = 6;
    private static final int ANY_64 = 7;
    private static final int SWAPPED = 8;
    private static final int CONSTANT = 9;
    private static final int DERIVED = 10;

    private final boolean raw;
    private int mode = UNBOUND;
    private int payload;
    private int offset;
    private long constant;
    private NumberDerivation derivation = NumberDerivation.ZERO;

    LongReader(Field field, boolean raw) {
        super(field);
        this.raw = raw;
    }

    /** The value; zero where the record has no bytes for it. */
    public long read(Record record) {
        return switch (mode) {
            case UNSIGNED_8 -> record.byteAt(payload, offset) & 0xff;
            case SIGNED_8 -> record.byteAt(payload, offset);
            case UNSIGNED_16 -> record.shortAt(payload, offset) & 0xffff;
            case SIGNED_16 -> record.shortAt(payload, offset);
            case UNSIGNED_32 -> record.intAt(payload, offset) & 0xffff_ffffL;
            case SIGNED_32 -> record.intAt(payload, offset);
            case ANY_64 -> record.longAt(payload, offset);
            case SWAPPED -> readSwapped(record);
            case CONSTANT -> constant;
            case DERIVED -> isShared() ? record.memoised(field().index(), derivation) : derivation.derive(record);
            default -> throw unbound();
        };
    }

    /** Whether a negative result stands for a number above 2⁶³-1. */
    public boolean isUnsigned() {
        return !field().kind().isSigned();
    }

    private long readSwapped(Record record) {
        return switch (field().kind()) {
            case INT16 -> Short.reverseBytes(record.shortAt(payload, offset));
            case UINT16 -> Short.reverseBytes(record.shortAt(payload, offset)) & 0xffff;
            case INT32 -> Integer.reverseBytes(record.intAt(payload, offset));
            case UINT32 -> Integer.reverseBytes(record.intAt(payload, offset)) & 0xffff_ffffL;
            default -> Long.reverseBytes(record.longAt(payload, offset));
        };
    }

    @Override
    void bind(ValueSource bound) {
        ValueSource source = raw ? field().rawSource() : bound;
        mode = CONSTANT;
        if (source instanceof ValueSource.Payload bytes) {
            payload = bytes.payload();
            offset = bytes.offset();
            boolean fits = bytes.size() == 0 || bytes.size() == field().kind().width();
            mode = fits ? payloadMode() : CONSTANT;
        } else if (source instanceof ValueSource.ConstantNumber number) {
            constant = number.value();
        } else if (source instanceof ValueSource.DerivedNumber number) {
            derivation = number.derivation();
            mode = DERIVED;
        }
    }

    private int payloadMode() {
        Kind kind = field().kind();
        if (kind.width() > 1 && field().dataSource().isByteSwapped()) {
            return SWAPPED;
        }
        return switch (kind.width()) {
            case 1 -> kind.isSigned() ? SIGNED_8 : UNSIGNED_8;
            case 2 -> kind.isSigned() ? SIGNED_16 : UNSIGNED_16;
            case 4 -> kind.isSigned() ? SIGNED_32 : UNSIGNED_32;
            default -> ANY_64;
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Reads a floating-point field as a {@code double}. */
public final class DoubleReader extends FieldReader {
    private static final int UNBOUND = 0;
    private static final int SINGLE = 1;
    private static final int DOUBLE = 2;
    private static final int CONSTANT = 3;
    private static final int DERIVED = 4;

    private int mode = UNBOUND;
    private int payload;
    private int offset;
    private boolean swapped;
    private long constant;
    private NumberDerivation derivation = NumberDerivation.ZERO;

    DoubleReader(Field field) {
        super(field);
    }

    /** The value; zero where the record has no bytes for it. */
    public double read(Record record) {
        return switch (mode) {
            case SINGLE -> {
                int bits = record.intAt(payload, offset);
                yield Float.intBitsToFloat(swapped ? Integer.reverseBytes(bits) : bits);
            }
            case DOUBLE -> {
                long bits = record.longAt(payload, offset);
                yield Double.longBitsToDouble(swapped ? Long.reverseBytes(bits) : bits);
            }
            case CONSTANT -> Double.longBitsToDouble(constant);
            case DERIVED ->
                Double.longBitsToDouble(
                        isShared() ? record.memoised(field().index(), derivation) : derivation.derive(record));
            default -> throw unbound();
        };
    }

    @Override
    void bind(ValueSource source) {
        mode = CONSTANT;
        if (source instanceof ValueSource.Payload bytes) {
            payload = bytes.payload();
            offset = bytes.offset();
            swapped = field().dataSource().isByteSwapped();
            boolean fits = bytes.size() == 0 || bytes.size() == field().kind().width();
            mode = !fits ? CONSTANT : field().kind() == Kind.FLOAT32 ? SINGLE : DOUBLE;
        } else if (source instanceof ValueSource.ConstantNumber number) {
            constant = number.value();
        } else if (source instanceof ValueSource.DerivedNumber number) {
            derivation = number.derivation();
            mode = DERIVED;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.nio.charset.StandardCharsets;

/**
 * Reads the bytes of a field: of a C string those before the first NUL, of any other kind all. Nothing is decoded, so the
 * text may be invalid UTF-8.
 */
public final class TextReader extends FieldReader {
    private static final int UNBOUND = 0;
    private static final int EMPTY = 1;
    private static final int PAYLOAD = 2;
    private static final int CONSTANT = 3;
    private static final int DERIVED = 4;
    private static final int LITERAL = 5;

    private final boolean untilNul;
    private int mode = UNBOUND;
    private int payload;
    private int offset;
    private int size;
    private Utf8Literal constant = Utf8Literal.EMPTY;
    private TextDerivation derivation = TextDerivation.EMPTY;
    private LiteralDerivation literals = LiteralDerivation.EMPTY;

    TextReader(Field field) {
        super(field);
        this.untilNul = field.kind() == Kind.CSTRING;
    }

    /** Appends the bytes unchanged. */
    public void appendTo(Record record, Utf8Buffer out) {
        switch (mode) {
            case EMPTY -> {}
            case CONSTANT -> out.append(constant);
            case DERIVED -> appendDerived(record, out);
            case LITERAL -> out.append(literals.derive(record));
            case PAYLOAD -> {
                locate(record);
                out.append(record.windowAddress(), record.windowLength());
            }
            default -> throw unbound();
        }
    }

    /** Appends the text escaped as the inside of a JSON string. */
    public void appendJson(Record record, Utf8Buffer out) {
        if (mode == PAYLOAD) {
            record.window(payload, offset, size);
            JsonText.append(out, record.windowAddress(), record.windowLength(), untilNul);
            return;
        }
        if (mode == LITERAL) {
            out.append(literals.derive(record).json());
            return;
        }
        long start = out.length();
        appendTo(record, out);
        JsonText.escapeFrom(out, start);
    }

    /** Appends the bytes as lower-case hexadecimal digits. */
    public void appendHex(Record record, Utf8Buffer out) {
        locate(record);
        out.appendHexBytes(record.windowAddress(), record.windowLength());
    }

    /** The bytes as a string; invalid UTF-8 becomes U+FFFD. */
    public String text(Record record) {
        return new String(bytes(record), StandardCharsets.UTF_8);
    }

    /** A copy of the bytes. */
    public byte[] bytes(Record record) {
        locate(record);
        return Memory.copyOut(record.windowAddress(), record.windowLength());
    }

    /** Copies at most {@code most} of the bytes to a place in {@code target}; returns how many. */
    public int copyTo(Record record, byte[] target, int at, int most) {
        locate(record);
        int length = Math.min(most, record.windowLength());
        Memory.copyOut(record.windowAddress(), target, at, length);
        return length;
    }

    /** How many bytes the value has. */
    public int length(Record record) {
        locate(record);
        return record.windowLength();
    }

    /** Whether the value is exactly these bytes; needs no search for the value's end. */
    public boolean isEqual(Record record, BytePattern pattern) {
        locateUncut(record);
        long address = record.windowAddress();
        int available = record.windowLength();
        int length = pattern.length();
        return mayHave(pattern)
                && pattern.isAt(address, available)
                && (available == length || (isCut() && Memory.getByte(address + length) == 0));
    }

    /** Whether the value begins with these bytes. */
    public boolean startsWith(Record record, BytePattern pattern) {
        locateUncut(record);
        return mayHave(pattern) && pattern.isAt(record.windowAddress(), record.windowLength());
    }

    /** Whether the value ends with these bytes. */
    public boolean endsWith(Record record, BytePattern pattern) {
        locate(record);
        int before = record.windowLength() - pattern.length();
        return before >= 0 && pattern.isAt(record.windowAddress() + before, pattern.length());
    }

    /** Whether these bytes are somewhere in the value. */
    public boolean contains(Record record, BytePattern pattern) {
        locate(record);
        return pattern.isIn(record.windowAddress(), record.windowLength());
    }

    /** Reads the text into {@code target}, one char for each, with U+FFFD for bytes that are no UTF-8; returns how many chars. */
    public int decode(Record record, char[] target) {
        locate(record);
        return Utf8.decode(record.windowAddress(), record.windowLength(), target);
    }

    /** Whether the value ends at a NUL inside of the bytes that it is read from. */
    private boolean isCut() {
        return untilNul && mode == PAYLOAD;
    }

    private boolean mayHave(BytePattern pattern) {
        return pattern.isTerminable() || !isCut();
    }

    private void locateUncut(Record record) {
        if (mode == PAYLOAD) {
            record.window(payload, offset, size);
        } else {
            locate(record);
        }
    }

    /** Compares the bytes, as unsigned numbers, with {@code other}: negative, zero or positive. */
    public int compare(Record record, byte[] other) {
        locate(record);
        long address = record.windowAddress();
        int length = record.windowLength();
        int common = Math.min(length, other.length);
        for (int i = 0; i < common; i++) {
            int difference = (Memory.getByte(address + i) & 0xff) - (other[i] & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return length - other.length;
    }

    /** Compares the bytes of two records, as unsigned numbers: negative, zero or positive. */
    public int compare(Record first, Record second) {
        locate(first);
        locate(second);
        return Memory.compare(
                first.windowAddress(), first.windowLength(), second.windowAddress(), second.windowLength());
    }

    /**
     * Sets the record's window to the bytes of this value, wherever they lie; the window stays valid until the next window
     * is set on the same record.
     */
    public void locate(Record record) {
        switch (mode) {
            case EMPTY -> record.setWindow(0, 0);
            case PAYLOAD -> {
                record.window(payload, offset, size);
                if (isCut()) {
                    record.cutWindowAtNul();
                }
            }
            case CONSTANT -> record.setWindow(constant.address(), constant.length());
            case LITERAL -> {
                Utf8Literal literal = literals.derive(record);
                record.setWindow(literal.address(), literal.length());
            }
            case DERIVED -> record.memoisedWindow(field().index(), derivation);
            default -> throw unbound();
        }
    }

    private void appendDerived(Record record, Utf8Buffer out) {
        if (isShared()) {
            record.memoisedWindow(field().index(), derivation);
            out.append(record.windowAddress(), record.windowLength());
        } else {
            derivation.write(record, out);
        }
    }

    @Override
    void bind(ValueSource source) {
        mode = EMPTY;
        if (source instanceof ValueSource.Payload bytes) {
            payload = bytes.payload();
            offset = bytes.offset();
            size = bytes.size();
            mode = PAYLOAD;
        } else if (source instanceof ValueSource.ConstantText text) {
            constant = text.text();
            mode = CONSTANT;
        } else if (source instanceof ValueSource.DerivedText text) {
            derivation = text.derivation();
            mode = DERIVED;
        } else if (source instanceof ValueSource.DerivedLiteral literal) {
            literals = literal.derivation();
            mode = LITERAL;
        }
    }
}

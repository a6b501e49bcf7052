// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.math.BigInteger;
import java.util.Optional;

/** The types of params; {@link #hint()} is the word used in metadata, on the wire and in help texts. */
public enum ParamType {
    STRING("string"),
    BOOL("bool"),
    INT("int", 64, true),
    INT8("int8", 8, true),
    INT16("int16", 16, true),
    INT32("int32", 32, true),
    INT64("int64", 64, true),
    UINT("uint", 64, false),
    UINT8("uint8", 8, false),
    UINT16("uint16", 16, false),
    UINT32("uint32", 32, false),
    UINT64("uint64", 64, false),
    FLOAT32("float32"),
    FLOAT64("float64"),
    DURATION("duration"),
    IP("ip"),
    BYTES("bytes"),
    STRINGS("[]string"),
    UNTYPED("");

    private final String hint;
    private final int bits;
    private final boolean signed;

    ParamType(String hint) {
        this(hint, 0, false);
    }

    ParamType(String hint, int bits, boolean signed) {
        this.hint = hint;
        this.bits = bits;
        this.signed = signed;
    }

    /** The type of a hint; an unknown hint checks nothing. */
    public static ParamType ofHint(String hint) {
        for (ParamType type : values()) {
            if (type.hint.equals(hint)) {
                return type;
            }
        }
        return UNTYPED;
    }

    /** The word for this type. */
    public String hint() {
        return hint;
    }

    /** The word for this type in help texts, where 64-bit types are abbreviated. */
    public String helpWord() {
        return switch (this) {
            case UNTYPED, STRING -> "string";
            case BOOL -> "";
            case INT64 -> "int";
            case UINT64 -> "uint";
            case FLOAT64 -> "float";
            case INT, INT8, INT16, INT32, UINT, UINT8, UINT16, UINT32, FLOAT32, DURATION, IP, BYTES, STRINGS -> hint;
        };
    }

    /** What is wrong with a text as a value of this type; nothing when it is one. */
    public Optional<String> problem(String text) {
        return switch (this) {
            case STRING, BYTES, STRINGS, UNTYPED -> Optional.empty();
            case BOOL ->
                text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                        ? Optional.empty()
                        : Optional.of("expected 'true' or 'false', got: \"" + text + "\"");
            case INT, INT8, INT16, INT32, INT64, UINT, UINT8, UINT16, UINT32, UINT64 -> integerProblem(text);
            case FLOAT32, FLOAT64 -> floatProblem(text);
            case DURATION -> durationProblem(text);
            case IP -> ipProblem(text);
        };
    }

    private Optional<String> integerProblem(String text) {
        String function = signed ? "ParseInt" : "ParseUint";
        String prefix = "expected numeric value: strconv." + function + ": parsing \"" + text + "\": ";
        if (!isInteger(text)) {
            return Optional.of(prefix + "invalid syntax");
        }
        BigInteger value = new BigInteger(text);
        BigInteger limit = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
        BigInteger lowest = signed ? limit.negate() : BigInteger.ZERO;
        boolean fits = value.compareTo(lowest) >= 0 && value.compareTo(limit) < 0;
        return fits ? Optional.empty() : Optional.of(prefix + "value out of range");
    }

    private boolean isInteger(String text) {
        int start = signed && (text.startsWith("-") || text.startsWith("+")) ? 1 : 0;
        if (text.length() == start || text.length() > 32) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> floatProblem(String text) {
        try {
            Double.parseDouble(text);
            return Optional.empty();
        } catch (NumberFormatException malformed) {
            return Optional.of("expected numeric value: strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
        }
    }

    private static Optional<String> durationProblem(String text) {
        try {
            GoDuration.parse(text);
            return Optional.empty();
        } catch (GadgetException malformed) {
            return Optional.of(String.valueOf(malformed.getMessage()));
        }
    }

    private static Optional<String> ipProblem(String text) {
        boolean valid = text.isEmpty() || IpAddress.parse(text).isPresent();
        return valid ? Optional.empty() : Optional.of("invalid IP address: \"" + text + "\"");
    }
}

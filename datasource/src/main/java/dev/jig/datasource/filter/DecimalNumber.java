// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Kind;
import java.math.BigInteger;

/** Numbers as the simple language has them: decimal and within the range of their field. */
final class DecimalNumber {
    private static final int LONGEST = 64;

    private DecimalNumber() {}

    /** An integer that a field of this kind can have. */
    static long parse(String text, Kind kind) {
        String what = kind.isSigned() ? "int: strconv.ParseInt" : "uint: strconv.ParseUint";
        if (!isInteger(text, kind.isSigned())) {
            throw problem(what, text, "invalid syntax");
        }
        BigInteger value = new BigInteger(text);
        int bits = kind.width() * Byte.SIZE;
        boolean fits = kind.isSigned() ? value.bitLength() < bits : value.bitLength() <= bits;
        if (!fits) {
            throw problem(what, text, "value out of range");
        }
        return value.longValue();
    }

    private static FilterException problem(String what, String text, String cause) {
        return new FilterException(
                "parsing comparison value as " + what + ": parsing " + Quoted.text(text) + ": " + cause);
    }

    private static boolean isInteger(String text, boolean signed) {
        int start = signed && (text.startsWith("-") || text.startsWith("+")) ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > start && text.length() <= LONGEST;
    }

    /** A fraction with the precision of the field. */
    static double parseFraction(String text, Kind kind) {
        String what = "float: strconv.ParseFloat";
        char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        // The JDK would take a letter for the type, and blanks around.
        if ("dDfF".indexOf(last) >= 0 && !text.endsWith("Inf") || !text.equals(text.strip())) {
            throw problem(what, text, "invalid syntax");
        }
        try {
            return kind == Kind.FLOAT32 ? Float.parseFloat(infinite(text)) : Double.parseDouble(infinite(text));
        } catch (NumberFormatException malformed) {
            throw problem(what, text, "invalid syntax");
        }
    }

    private static String infinite(String text) {
        return text.endsWith("Inf") ? text + "inity" : text;
    }
}

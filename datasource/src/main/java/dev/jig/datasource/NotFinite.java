// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/**
 * How a format writes numbers, in particular floating-point values that are none.
 *
 * @param nan for NaN
 * @param positive for positive infinity
 * @param negative for negative infinity
 */
record NotFinite(String nan, String positive, String negative) {
    /** JSON has no form for them. */
    static final NotFinite NULL = new NotFinite("null", "null", "null");
    /** The reference implementation's JSON, which is invalid then. */
    static final NotFinite NOTHING = new NotFinite("", "", "");
    /** YAML's own words. */
    static final NotFinite YAML = new NotFinite(".nan", ".inf", "-.inf");

    /** The form of a number that is the same in each record, with the conventions of {@link NumberDerivation}. */
    String constant(Kind kind, long value) {
        if (kind == Kind.BOOL) {
            return value != 0 ? "true" : "false";
        }
        if (kind.isFloat()) {
            try (Utf8Buffer out = new Utf8Buffer(32)) {
                appendNumber(out, Double.longBitsToDouble(value), kind == Kind.FLOAT32);
                return out.toString();
            }
        }
        return kind.isSigned() ? Long.toString(value) : Long.toUnsignedString(value);
    }

    /** Appends the shortest form of a number, or the word for it. */
    void appendNumber(Utf8Buffer out, double value, boolean single) {
        if (Double.isFinite(value)) {
            FloatText.appendShortest(out, value, single);
        } else if (Double.isNaN(value)) {
            out.append(nan);
        } else {
            out.append(value > 0 ? positive : negative);
        }
    }
}

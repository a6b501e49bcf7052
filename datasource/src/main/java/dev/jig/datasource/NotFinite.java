// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/**
 * What a format writes for floating-point values that are no numbers.
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

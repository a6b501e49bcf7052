// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** A text computed from a record; see {@link Field#deriveText}. */
@FunctionalInterface
public interface TextDerivation {
    /** Appends nothing. */
    TextDerivation EMPTY = new TextDerivation() {
        @Override
        public void write(Record record, Utf8Buffer out) {}
    };

    /** Appends the value for {@code record} as plain UTF-8; whoever reads it does the escaping. */
    void write(Record record, Utf8Buffer out);
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** A text computed from a record; see {@link Field#derive(TextDerivation)}. */
@FunctionalInterface
public interface TextDerivation {
    /** Appends the value for {@code record} as plain UTF-8; whoever reads it does the escaping. */
    void write(Record record, Utf8Buffer out);
}

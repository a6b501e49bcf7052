// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** A number computed from a record; see {@link Field#deriveNumber}. */
@FunctionalInterface
public interface NumberDerivation {
    /** Gives zero. */
    NumberDerivation ZERO = new NumberDerivation() {
        @Override
        public long derive(Record record) {
            return 0;
        }
    };

    /** The value for {@code record}: an integer, 0 or 1 for a bool, the bits of a {@code double} for a float. */
    long derive(Record record);
}

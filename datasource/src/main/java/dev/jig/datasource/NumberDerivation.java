// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** A number computed from a record; see {@link Field#derive(NumberDerivation)}. */
@FunctionalInterface
public interface NumberDerivation {
    /** The value for {@code record}: an integer, 0 or 1 for a bool, the bits of a {@code double} for a float. */
    long derive(Record record);
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;

/**
 * Holds for all records or for none.
 *
 * @param value whether it holds
 */
public record Fixed(boolean value) implements Condition {
    @Override
    public boolean test(Record record) {
        return value;
    }

    @Override
    public String describe() {
        return String.valueOf(value);
    }
}

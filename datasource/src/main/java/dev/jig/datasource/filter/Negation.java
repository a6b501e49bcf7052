// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;

/**
 * Holds if another condition does not.
 *
 * @param condition the other one
 */
public record Negation(Condition condition) implements Condition {
    /** The simplest condition that holds if another one does not. */
    public static Condition of(Condition condition) {
        if (condition instanceof Negation negation) {
            return negation.condition;
        }
        return condition instanceof Fixed fixed ? new Fixed(!fixed.value()) : new Negation(condition);
    }

    @Override
    public boolean test(Record record) {
        return !condition.test(record);
    }

    @Override
    public String describe() {
        return "not (" + condition.describe() + ")";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds if all parts hold; they are looked at in order, up to the first that does not.
 *
 * @param parts none of which is an {@code AllOf} itself
 */
public record AllOf(List<Condition> parts) implements Condition {
    public AllOf {
        parts = List.copyOf(parts);
    }

    /** The simplest condition that holds if all of some hold. */
    public static Condition of(List<Condition> conditions) {
        List<Condition> parts = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition instanceof AllOf all) {
                parts.addAll(all.parts);
            } else if (condition instanceof Fixed fixed && !fixed.value()) {
                return fixed;
            } else if (!(condition instanceof Fixed)) {
                parts.add(condition);
            }
        }
        if (parts.isEmpty()) {
            return new Fixed(true);
        }
        return parts.size() == 1 ? parts.getFirst() : new AllOf(parts);
    }

    @Override
    public boolean test(Record record) {
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).test(record)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String describe() {
        return AnyOf.describe(parts, " and ");
    }
}

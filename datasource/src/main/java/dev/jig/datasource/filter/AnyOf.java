// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds if one of its parts holds; they are looked at in order, up to the first that does.
 *
 * @param parts none of which is an {@code AnyOf} itself
 */
public record AnyOf(List<Condition> parts) implements Condition {
    public AnyOf {
        parts = List.copyOf(parts);
    }

    /** The simplest condition that holds if one of some holds. */
    public static Condition of(List<Condition> conditions) {
        List<Condition> parts = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition instanceof AnyOf any) {
                parts.addAll(any.parts);
            } else if (condition instanceof Fixed fixed && fixed.value()) {
                return fixed;
            } else if (!(condition instanceof Fixed)) {
                parts.add(condition);
            }
        }
        if (parts.isEmpty()) {
            return new Fixed(false);
        }
        return parts.size() == 1 ? parts.getFirst() : new AnyOf(parts);
    }

    @Override
    public boolean test(Record record) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).test(record)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String describe() {
        return describe(parts, " or ");
    }

    static String describe(List<Condition> parts, String word) {
        StringBuilder text = new StringBuilder();
        for (Condition part : parts) {
            boolean nested = part instanceof AllOf || part instanceof AnyOf;
            text.append(text.isEmpty() ? "" : word);
            text.append(nested ? "(" + part.describe() + ")" : part.describe());
        }
        return text.toString();
    }
}

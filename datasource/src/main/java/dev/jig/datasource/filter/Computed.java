// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;
import java.util.function.Predicate;

/**
 * A condition that needs more than one look at one field.
 *
 * @param describe as the user wrote it
 */
public record Computed(String describe, Predicate<Record> predicate) implements Condition {
    @Override
    public boolean test(Record record) {
        return predicate.test(record);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import dev.jig.datasource.filter.Condition;
import dev.jig.gadget.ContextKey;
import java.util.Map;

/**
 * What the records of each data source must fulfil, for operators that may spare records that do not.
 *
 * @param conditions by data source
 */
public record RecordFilters(Map<String, Condition> conditions) {
    /** Where they are left before anything starts. */
    public static final ContextKey<RecordFilters> KEY = new ContextKey<>("filter.records", RecordFilters.class);

    public RecordFilters {
        conditions = Map.copyOf(conditions);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;

/** How one record becomes a JSON object: steps that each append fixed bytes and one value, and fixed bytes at the end. */
final class JsonPlan {
    private final JsonStep[] steps;
    private final Utf8Literal tail;

    JsonPlan(List<JsonStep> steps, Utf8Literal tail) {
        this.steps = steps.toArray(JsonStep[]::new);
        this.tail = tail;
    }

    void write(Record record, Utf8Buffer out) {
        for (JsonStep step : steps) {
            step.write(record, out);
        }
        out.append(tail);
    }
}

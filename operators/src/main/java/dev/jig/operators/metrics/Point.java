// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.datasource.Record;

/** One metric for one combination of keys; whoever holds it sees to it that one thread uses it at a time. */
interface Point {
    /** Takes a record into account. */
    void take(Record record);

    /** What it stands at. */
    MetricValue value();
}

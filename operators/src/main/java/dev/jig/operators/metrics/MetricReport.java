// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import java.util.Map;

/** Who wants to know how metrics stand. */
interface MetricReport {
    /**
     * Takes one series.
     *
     * @param labels values by the names of the keys
     */
    void add(ExportedSource source, Metric metric, Map<String, String> labels, MetricValue value);
}

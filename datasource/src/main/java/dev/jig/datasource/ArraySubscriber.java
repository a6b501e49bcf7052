// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Gets each packet of an array data source. */
@FunctionalInterface
public interface ArraySubscriber {
    /** Called on the emitting thread; {@code array} is valid only during the call and may be reordered and cut. */
    Verdict accept(RecordArray array);
}

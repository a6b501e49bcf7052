// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Gets each record of a data source. */
@FunctionalInterface
public interface RecordSubscriber {
    /** Called on the emitting thread; {@code record} is valid only during the call. */
    Verdict accept(Record record);
}

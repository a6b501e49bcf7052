// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/**
 * Turns the records of one data source into bytes. A writer is made after the data source has started, as a plan of everything
 * that does not depend on the record, and is used by one thread at a time.
 */
public sealed interface OutputWriter extends AutoCloseable
        permits JsonWriter, YamlWriter, ColumnsWriter, TextWriter, SilentWriter {
    /** Appends what comes before the first event, for instance a header. */
    void start(Utf8Buffer out);

    /** Appends what opens a packet of an array data source. */
    void beginArray(Utf8Buffer out);

    /** Appends one record: of a single data source, or between {@link #beginArray} and {@link #endArray}. */
    void write(Record record, Utf8Buffer out);

    /** Appends what closes a packet of an array data source. */
    void endArray(Utf8Buffer out);

    /** Frees the writer's memory. */
    @Override
    default void close() {}

    /** Appends a whole packet. */
    default void write(Packet packet, Utf8Buffer out) {
        if (packet instanceof RecordArray array) {
            beginArray(out);
            for (int i = 0; i < array.size(); i++) {
                write(array.get(i), out);
            }
            endArray(out);
        } else if (packet instanceof Record record) {
            write(record, out);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** What a data source emits at a time: one record, or an array of records. */
public sealed interface Packet permits Record, RecordArray {
    /** The data source the records belong to. */
    DataSource dataSource();
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import dev.jig.datasource.Record;

/** Elements that are looked at one after the other. */
interface Elements {
    /** Gets ready to look at those of a record; returns how many there are. */
    int count(Record record);

    /** Chooses an element of the record. */
    void choose(Record record, int index);
}

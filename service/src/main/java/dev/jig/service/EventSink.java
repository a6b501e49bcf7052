// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

/** Takes what a run has to tell, from several threads, and never makes them wait. */
interface EventSink {
    /** Takes an event. */
    void accept(Event event);

    /** Whether fixed layouts must have their full size in packets; our own clients can do without zeros at the end. */
    default boolean wantsFullLayouts() {
        return true;
    }

    /** No further event is there right now: what was held back should go. */
    void flush();
}

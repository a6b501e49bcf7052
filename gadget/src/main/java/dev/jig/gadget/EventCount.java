// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.concurrent.atomic.LongAdder;

/** How many events of a data source were delivered, and how many were lost on the way. */
public final class EventCount {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder lost = new LongAdder();

    /** Counts events that were handed to the subscribers. */
    public void delivered(long events) {
        delivered.add(events);
    }

    /** Counts events that no subscriber will see. */
    public void lost(long events) {
        lost.add(events);
    }

    /** Events handed to the subscribers so far. */
    public long delivered() {
        return delivered.sum();
    }

    /** Events lost so far. */
    public long lost() {
        return lost.sum();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;

/**
 * What has to be known of the machine that the events of a run are from, where that is not just this one, now.
 *
 * @param architecture its name in OCI platform descriptions
 * @param zone in which times are shown
 * @param clock of its events
 */
public record Origin(String architecture, ZoneId zone, EventClock clock) {
    /** Where it is left, if at all, before operators add fields. */
    public static final ContextKey<Origin> KEY = new ContextKey<>("origin", Origin.class);

    public Origin {
        requireNonNull(architecture, "architecture is null");
        requireNonNull(zone, "zone is null");
        requireNonNull(clock, "clock is null");
    }
}

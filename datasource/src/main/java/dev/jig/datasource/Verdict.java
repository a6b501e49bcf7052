// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** What a subscriber says about what it was given. */
public enum Verdict {
    /** Go on to later subscribers. */
    KEEP,
    /** Drop the record, or the whole packet if the subscriber was given that, without further ado. */
    DISCARD
}

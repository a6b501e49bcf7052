// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Where a text that is too long for its column is shortened. */
public enum Ellipsis {
    /** The end is cut off and nothing shows it. */
    NONE,
    /** An ellipsis replaces the start. */
    START,
    /** An ellipsis replaces the middle. */
    MIDDLE,
    /** An ellipsis replaces the end. */
    END
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.datasource.Field;

/** Makes the fields of one type readable. */
interface Formatter {
    /** The tag of the fields. */
    String tag();

    /**
     * Adds what makes a field readable.
     *
     * @return false when the field is not of the expected kind or there is no name for the sibling
     */
    boolean apply(Field field);
}

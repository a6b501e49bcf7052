// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.List;

/** Which numbers have which names, where the text of a field is a name for the number of another one. */
public interface NumberNames {
    /** Reader of the number. */
    LongReader number();

    /** All the numbers with this name; none when they cannot be listed, for instance those without a name. */
    List<Long> numbers(String name);
}

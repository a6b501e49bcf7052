// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.Map;
import java.util.Set;

/**
 * What is taken for certain when programs are followed.
 *
 * @param given values of variables
 * @param asLoaded whether constants have the values that they were compiled with, and relocations are done
 * @param absent weak symbols that the kernel does not have
 */
public record FlowOptions(Map<String, Long> given, boolean asLoaded, Set<String> absent) {
    /** Nothing but what the code says. */
    public static final FlowOptions ANY_KERNEL = new FlowOptions(Map.of(), false, Set.of());

    public FlowOptions {
        given = Map.copyOf(given);
        absent = Set.copyOf(absent);
    }

    /** Certain values of variables on any kernel. */
    public static FlowOptions given(Map<String, Long> values) {
        return new FlowOptions(values, false, Set.of());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import java.util.LinkedHashMap;
import java.util.Map;

/** Makes JSON objects. */
public final class Members {
    private Members() {}

    /** An object of names and values in turn. */
    public static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return members;
    }
}

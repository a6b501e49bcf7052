// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import java.util.HashMap;
import java.util.Map;

/** Names of instrumentation scopes by data source. */
final class ScopeNames {
    private ScopeNames() {}

    /** Reads {@code datasource:scope,...}; words without a colon have no effect, as upstream's. */
    static Map<String, String> parse(String text) {
        Map<String, String> scopes = new HashMap<>();
        for (String word : text.split(",", -1)) {
            int colon = word.indexOf(':');
            if (colon > 0) {
                scopes.put(word.substring(0, colon), word.substring(colon + 1));
            }
        }
        return scopes;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.sort;

import dev.jig.gadget.GadgetException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which fields each data source is sorted by: {@code a,-b} for all, or {@code ds:a,-b;ds2:c}. */
final class SortSpecification {
    private final Map<String, String> ofSource = new HashMap<>();
    private Optional<String> ofAll = Optional.empty();

    /**
     * Reads what the user wrote.
     *
     * @throws GadgetException when both forms are mixed
     */
    static SortSpecification parse(String text) {
        SortSpecification specification = new SortSpecification();
        if (text.isEmpty()) {
            return specification;
        }
        for (String part : text.split(";", -1)) {
            int colon = part.indexOf(':');
            if (colon >= 0 && part.indexOf(':', colon + 1) < 0) {
                specification.ofSource.put(part.substring(0, colon), part.substring(colon + 1));
            } else {
                specification.ofAll = Optional.of(colon < 0 ? part : part.substring(0, colon));
            }
        }
        if (specification.ofAll.isPresent() && !specification.ofSource.isEmpty()) {
            throw new GadgetException("mixing sorting rules with and without specifying data source");
        }
        return specification;
    }

    /** The fields for one data source; none when it is not sorted. */
    Optional<String> of(String source) {
        return ofAll.isPresent() ? ofAll : Optional.ofNullable(ofSource.get(source));
    }

    /** The data sources that are named. */
    Set<String> sources() {
        return ofSource.keySet();
    }
}

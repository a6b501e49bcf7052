// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.limiter;

import dev.jig.gadget.GadgetException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How many records arrays may have, by data source. */
final class Limits {
    /** All. */
    static final int UNLIMITED = -1;

    static final Limits NONE = new Limits();

    private final Map<String, Integer> ofSource = new HashMap<>();
    private int ofAll = UNLIMITED;

    private Limits() {}

    /**
     * Reads {@code n} or {@code ds:n,ds2:m}; data sources that are not named have the last number that stands alone.
     *
     * @throws GadgetException when something is no integer
     */
    static Limits parse(String text) {
        if (text.isEmpty()) {
            throw new GadgetException("invalid value for max-entries: " + text);
        }
        Limits limits = new Limits();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            int limit = parseNumber(part.substring(colon + 1), text);
            if (colon < 0) {
                limits.ofAll = limit;
            } else {
                limits.ofSource.put(part.substring(0, colon), limit);
            }
        }
        return limits;
    }

    private static int parseNumber(String number, String text) {
        try {
            // The JDK would take digits of other scripts, too.
            if (number.length() <= 11 && number.chars().allMatch(c -> c < 0x80)) {
                return Integer.parseInt(number);
            }
        } catch (NumberFormatException malformed) {
            // Told below.
        }
        throw new GadgetException("parsing max-entries (\"" + text + "\"): converting " + number
                + " to int: strconv.Atoi: parsing \"" + number + "\": invalid syntax");
    }

    /** The limit of a data source, which may be invalid. */
    int of(String source) {
        return ofSource.getOrDefault(source, ofAll);
    }

    /** The data sources that are named. */
    Set<String> sources() {
        return ofSource.keySet();
    }
}

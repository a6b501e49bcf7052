// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import java.util.Map;

/**
 * How programs are analysed.
 *
 * @param precise whether diagrams show what programs really do, not upstream's guess, and what is known besides is listed
 * @param given values of variables that are taken for certain
 */
public record Analysis(boolean precise, Map<String, Long> given) {
    /** As upstream does it. */
    public static final Analysis LEGACY = new Analysis(false, Map.of());

    public Analysis {
        given = Map.copyOf(given);
    }
}

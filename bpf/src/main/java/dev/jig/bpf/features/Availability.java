// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import static java.util.Objects.requireNonNull;

/**
 * Whether this kernel offers something to this process.
 *
 * @param available whether it was seen to work
 * @param explanation one sentence for people: what was found or, where it is not available, cause and remedy
 */
public record Availability(boolean available, String explanation) {
    public Availability {
        requireNonNull(explanation, "explanation is null");
    }

    static Availability yes(String explanation) {
        return new Availability(true, explanation);
    }

    static Availability no(String explanation) {
        return new Availability(false, explanation);
    }
}

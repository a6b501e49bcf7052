// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import static java.util.Objects.requireNonNull;

/**
 * Whether something is there.
 *
 * @param certainty yes, no, or nobody can tell
 * @param reason one sentence of cause and remedy, if it is not there
 */
public record Answer(Certainty certainty, String reason) {
    /** How sure an answer is. */
    public enum Certainty {
        YES,
        NO,
        UNKNOWN
    }

    /** It is there. */
    public static final Answer YES = new Answer(Certainty.YES, "");

    public Answer {
        requireNonNull(reason, "reason is null");
    }

    static Answer no(String reason) {
        return new Answer(Certainty.NO, reason);
    }

    static Answer unknown(String reason) {
        return new Answer(Certainty.UNKNOWN, reason);
    }

    boolean isYes() {
        return certainty == Certainty.YES;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.testing;

import java.util.Objects;
import org.opentest4j.TestAbortedException;

/**
 * Something that a test needs of the machine. Where it is missing, the test is skipped and says so; with the system property
 * {@value #NO_SKIP} set to true it fails instead, so that a run which is to show everything cannot pass by testing nothing.
 */
public final class Requirement {
    /** The property that turns skipped tests into failed ones. */
    public static final String NO_SKIP = "jig.noSkip";

    private Requirement() {}

    /**
     * Goes on only if something is there.
     *
     * @param missing what is missing if it is not, as part of a sentence, for instance {@code no bpftool}
     * @throws TestAbortedException when it is missing and tests may be skipped
     * @throws AssertionError when it is missing and nothing may be skipped
     */
    public static void check(boolean there, String missing) {
        Objects.requireNonNull(missing, "missing");
        if (there) {
            return;
        }
        if (isSkippingForbidden()) {
            throw new AssertionError("cannot be tested here, and nothing may be skipped: " + missing);
        }
        say(missing);
        throw new TestAbortedException("NOT TESTED: " + missing);
    }

    static boolean isSkippingForbidden() {
        return Boolean.getBoolean(NO_SKIP);
    }

    static void say(String missing) {
        System.err.println("NOT TESTED: " + missing);
    }
}

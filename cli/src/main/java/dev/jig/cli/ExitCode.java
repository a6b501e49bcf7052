// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

/** What processes end with. */
final class ExitCode {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    /** As of a process that SIGPIPE ended, because nobody reads its output any more. */
    static final int CLOSED_PIPE = 128 + 13;

    private ExitCode() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

/** What processes end with. */
final class ExitCode {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;

    private ExitCode() {}
}

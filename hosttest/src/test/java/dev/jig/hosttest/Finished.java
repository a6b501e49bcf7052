// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import java.util.List;

/**
 * A program that has ended.
 *
 * @param exitCode as the shell tells it: 128 and the signal's number for a death by signal
 */
record Finished(int exitCode, String out, String err) {
    /** The lines of standard output. */
    List<String> lines() {
        return out.lines().toList();
    }
}

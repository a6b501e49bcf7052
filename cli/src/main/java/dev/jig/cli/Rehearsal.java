// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs several commands of {@code ig} in one process, for a start-up cache that serves them all: a cache is recorded in one run. The commands are separated by
 * a word that is a comma.
 */
public final class Rehearsal {
    private static final String SEPARATOR = ",";

    private Rehearsal() {}

    /** Runs the commands one after another until one cannot be done, and ends the process with success or that one's exit code. */
    public static void main(String[] words) {
        Program.prepareKernelCalls();
        int code = ExitCode.SUCCESS;
        List<String> command = new ArrayList<>();
        for (int i = 0; i <= words.length && code != ExitCode.FAILURE; i++) {
            if (i < words.length && !words[i].equals(SEPARATOR)) {
                command.add(words[i]);
            } else {
                code = Ig.exitCode(List.copyOf(command));
                command.clear();
            }
        }
        // Checks that find something have exit codes of their own.
        Program.end(code == ExitCode.FAILURE ? code : ExitCode.SUCCESS);
    }
}

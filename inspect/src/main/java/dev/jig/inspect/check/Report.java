// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import java.util.List;

/**
 * Whether a gadget will load.
 *
 * @param gadget its name
 * @param verdict the whole of it
 * @param how by which variants its jobs are done, such as {@code close fentry (20)}
 * @param why not, or what is not done
 * @param programs each of them
 */
public record Report(
        String gadget, Answer.Certainty verdict, List<String> how, List<String> why, List<Program> programs) {
    public Report {
        how = List.copyOf(how);
        why = List.copyOf(why);
        programs = List.copyOf(programs);
    }

    /**
     * Whether a program will load.
     *
     * @param job that it does, or empty
     * @param rank of the variant, 50 without jobs
     * @param problems why not, with remedies
     * @param instructions slots of it with all its functions
     * @param stack bytes at most
     */
    public record Program(
            String name,
            String section,
            String job,
            int rank,
            Answer.Certainty verdict,
            List<String> problems,
            int instructions,
            int stack) {
        public Program {
            problems = List.copyOf(problems);
        }
    }
}

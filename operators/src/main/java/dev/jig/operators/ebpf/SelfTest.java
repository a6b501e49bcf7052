// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.RunStatistics;
import java.io.IOException;
import java.util.List;

/** Provokes what a variant of a job waits for, and sees whether its programs run: a hook that can be attached to need not be the one that is meant. */
final class SelfTest {
    private static final String EXEC = "exec";

    private SelfTest() {}

    /**
     * Tests programs that are attached.
     *
     * @param name of the test; there is {@code exec}, which starts a program
     * @throws BpfException when one of the programs does not run, or there is no such test
     */
    static void run(String name, List<BpfProgram> programs) {
        if (!name.equals(EXEC)) {
            throw new BpfException("there is no self-test \"" + name + "\", only " + EXEC);
        }
        try (RunStatistics counting = RunStatistics.enable()) {
            long[] before = new long[programs.size()];
            for (int i = 0; i < before.length; i++) {
                before[i] = counting.runs(programs.get(i));
            }
            executeSomething();
            for (int i = 0; i < before.length; i++) {
                if (counting.runs(programs.get(i)) == before[i]) {
                    throw new BpfException(programs.get(i) + " did not run in self-test " + name);
                }
            }
        }
    }

    /** There need not be such a program: a helper that the JVM starts first tries to execute it. */
    private static void executeSomething() {
        try {
            new ProcessBuilder("/bin/true").start().waitFor();
        } catch (IOException absent) {
            // The attempt is enough.
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

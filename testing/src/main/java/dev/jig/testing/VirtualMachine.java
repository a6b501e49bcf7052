// SPDX-License-Identifier: Apache-2.0
package dev.jig.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs shell scripts on another kernel, in a virtual machine that sees this machine's files and keeps what it writes to itself. */
public final class VirtualMachine {
    /** Emulated processors are slow, more so where other tests run beside. */
    private static final String SECONDS = "1500";

    private VirtualMachine() {}

    /** The kernel that tests run on unless they say otherwise. */
    public static final String USUAL_KERNEL = "6.1";

    /** As {@link #run(String, String)}, on the usual kernel. */
    public static String run(String script) throws IOException, InterruptedException {
        return run(script, USUAL_KERNEL);
    }

    /**
     * Runs a script.
     *
     * @param kernel 5.10, 6.1, 6.12 or 7; it is fetched if it is not there
     * @return what it printed to standard output
     * @throws AssertionError when it does not end with code 0; the message has what it printed
     */
    public static String run(String script, String kernel) throws IOException, InterruptedException {
        Path file = Files.createTempFile("jig-vm", ".sh");
        Path errors = Files.createTempFile("jig-vm", ".err");
        try {
            Files.writeString(file, script);
            ProcessBuilder builder = new ProcessBuilder(
                    Machine.sourceTree().resolve("vmtest/run").toString(), file.toString(), kernel);
            builder.environment().put("VM_SECONDS", SECONDS);
            Process process = builder.redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new AssertionError(
                        "the virtual machine ended with code " + code + ":\n" + said + Files.readString(errors));
            }
            return said;
        } finally {
            Files.delete(file);
            Files.delete(errors);
        }
    }
}

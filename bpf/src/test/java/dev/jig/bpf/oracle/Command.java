// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other programs, run to their end. */
final class Command {
    private static final int SECONDS = 180;

    private Command() {}

    /** What a command left behind: its exit code and what it said to standard output and error. */
    record Result(int status, String output, String errors) {}

    /** Runs a command, whatever its exit code. */
    static Result run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("oracle", ".out");
        Path errors = Files.createTempFile("oracle", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " takes more than " + SECONDS + " seconds");
            }
            return new Result(process.exitValue(), read(output), read(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** The standard output of a command that must end with code 0. */
    static String output(List<String> command) throws IOException, InterruptedException {
        Result result = run(command);
        if (result.status != 0) {
            throw new AssertionError(command + " ended with code " + result.status + ": " + result.errors);
        }
        return result.output;
    }
}

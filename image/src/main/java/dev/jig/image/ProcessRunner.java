// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a tool directly, never through a shell. */
final class ProcessRunner {
    private ProcessRunner() {}

    /**
     * Runs a tool to its end.
     *
     * @param step what the tool is for, for messages
     * @throws ImageException when it cannot be started or fails; carries what it said
     */
    static void run(String step, List<String> command, Path directory, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new ImageException("local build: " + step + ": running " + command + ": exit status " + status
                        + ": " + said.strip());
            }
        } catch (IOException notStarted) {
            throw new ImageException("local build: " + step + ": " + notStarted.getMessage(), notStarted);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ImageException("local build: " + step + ": interrupted", interrupted);
        }
    }
}

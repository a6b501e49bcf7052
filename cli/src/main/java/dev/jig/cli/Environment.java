// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where this process runs: its user and its folders.
 *
 * @param variables of the process
 */
record Environment(Map<String, String> variables) {
    private static final Path ROOT_STORE = Path.of("/var/lib/ig/oci-store");

    static Environment current() {
        return new Environment(System.getenv());
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** Whether the effective user is root. */
    boolean isRoot() {
        return effectiveUser() == 0;
    }

    /** {@code Uid:} in {@code /proc/self/status} lists the real and then the effective user. */
    private static long effectiveUser() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Uid:")) {
                    int start = line.indexOf('\t', 5) + 1;
                    return Long.parseLong(line.substring(start, line.indexOf('\t', start)));
                }
            }
            return -1;
        } catch (IOException unreadable) {
            return -1;
        }
    }

    /** The folder of the user's images. */
    Path store() {
        return variable("JIG_STORE").map(Path::of).orElseGet(() -> isRoot() ? ROOT_STORE : ownStore());
    }

    private static Path ownStore() {
        return Path.of(System.getProperty("user.home"), ".ig", "oci-store");
    }

    /** The folder of the program itself. */
    Path home() {
        return variable("JIG_HOME")
                .map(Path::of)
                .orElseThrow(() -> new CliException("JIG_HOME is not set: start the program with its script"));
    }

    /** A folder for indexes that can be made anew at any time. */
    Optional<Path> cache() {
        return Optional.of(
                isRoot() ? Path.of("/var/cache/jig") : Path.of(System.getProperty("user.home"), ".cache", "jig"));
    }

    /** This machine's architecture in OCI names. */
    String architecture() {
        return Architecture.current().ociName();
    }
}

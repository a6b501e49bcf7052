// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.runtime.Locations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Who runs this process, and where.
 *
 * @param variables of the process
 */
record Environment(Map<String, String> variables) {
    static Environment current() {
        return new Environment(System.getenv());
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** Whether there is a variable whose name begins so. */
    boolean hasVariable(String prefix) {
        for (String name : variables.keySet()) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
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

    /** The folders that running gadgets needs. */
    Locations locations() {
        return Locations.of(variables, isRoot());
    }
}

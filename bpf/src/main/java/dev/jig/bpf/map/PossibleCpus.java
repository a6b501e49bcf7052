// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import dev.jig.bpf.BpfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many processors this kernel may ever have: the number of values in an element of a per-CPU map. */
public final class PossibleCpus {
    private static final Path SOURCE = Path.of("/sys/devices/system/cpu/possible");

    private PossibleCpus() {}

    /**
     * Reads {@code /sys/devices/system/cpu/possible}.
     *
     * @throws BpfException when it cannot be read or understood
     */
    public static int count() {
        try {
            return parse(Files.readString(SOURCE).strip());
        } catch (IOException unreadable) {
            throw new BpfException("cannot read " + SOURCE + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** The highest number in a list such as {@code 0-3,5}, plus one: {@code num_possible_cpus()} of the kernel. */
    static int parse(String list) {
        int start = Math.max(list.lastIndexOf('-'), list.lastIndexOf(',')) + 1;
        try {
            return Integer.parseInt(list.substring(start)) + 1;
        } catch (NumberFormatException malformed) {
            throw new BpfException("not a list of processors in " + SOURCE + ": \"" + list + "\"", malformed);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.VariableValues;
import dev.jig.bpf.sys.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;

/** Sets variables that tell programs what they cannot find out themselves: {@code jig_memory_pages} and {@code jig_swap_pages}, unsigned, of 64 bits. */
final class MachineConstants {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final int KIBIBYTE = 1024;

    private MachineConstants() {}

    static void apply(ObjectFile object, VariableValues values) {
        set(object, values, "jig_memory_pages", "MemTotal:");
        set(object, values, "jig_swap_pages", "SwapTotal:");
    }

    private static void set(ObjectFile object, VariableValues values, String variable, String word) {
        if (object.variable(variable).isPresent()) {
            values.setNumber(variable, kibibytes(word) * KIBIBYTE / Mapping.PAGE_SIZE);
        }
    }

    private static long kibibytes(String word) {
        try {
            StringTokenizer words = new StringTokenizer(Files.readString(MEMORY));
            while (words.hasMoreTokens()) {
                if (words.nextToken().equals(word)) {
                    return Long.parseLong(words.nextToken());
                }
            }
            return 0;
        } catch (IOException unreadable) {
            throw new BpfException("reading " + MEMORY + ": " + unreadable.getMessage(), unreadable);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import dev.jig.bpf.sys.Kernel;
import dev.jig.gadget.LocalZone;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.StringTokenizer;

/**
 * What stays the same while the machine runs.
 *
 * @param memory bytes
 * @param startSecond when the machine started, in seconds since 1970
 * @param ticksPerSecond of the clock in which processor time is told
 */
record MachineFacts(long memory, long startSecond, int ticksPerSecond, int processors, ZoneId zone) {
    private static final int KIBIBYTE = 1024;

    /** Those of this machine. */
    static MachineFacts read(Path proc) {
        return new MachineFacts(
                number(proc.resolve("meminfo"), "MemTotal:") * KIBIBYTE,
                number(proc.resolve("stat"), "btime"),
                Kernel.clockTicksPerSecond(),
                Runtime.getRuntime().availableProcessors(),
                LocalZone.current());
    }

    /** The number behind a word at the beginning of a line; 0 where there is none. */
    private static long number(Path file, String word) {
        StringTokenizer lines = new StringTokenizer(ProcFile.read(file).orElse(""), "\n");
        while (lines.hasMoreTokens()) {
            StringTokenizer words = new StringTokenizer(lines.nextToken());
            if (words.hasMoreTokens() && words.nextToken().equals(word)) {
                return Long.parseLong(words.nextToken());
            }
        }
        return 0;
    }

    /** The time that is so many ticks after the machine's start, in the form of RFC 3339. */
    String timeOf(long ticks) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                Instant.ofEpochSecond(startSecond + ticks / ticksPerSecond).atZone(zone));
    }
}

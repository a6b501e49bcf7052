// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import java.util.StringTokenizer;

/**
 * What {@code /proc/PID/stat} tells, see {@code proc_pid_stat(5)}.
 *
 * @param busy processor time of the process, in clock ticks
 * @param start in clock ticks since the machine started
 */
record ProcStat(long busy, int priority, int nice, long start) {
    private static final int USER_TIME = 14;
    private static final int SYSTEM_TIME = 15;
    private static final int PRIORITY = 18;
    private static final int NICE = 19;
    private static final int START_TIME = 22;
    private static final int FIRST_BEHIND_NAME = 3;

    /** Nothing is known. */
    static final ProcStat NONE = new ProcStat(0, 0, 0, 0);

    /** The name of the process, which may hold anything, ends with the last parenthesis. */
    static ProcStat parse(String text) {
        StringTokenizer words = new StringTokenizer(text.substring(text.lastIndexOf(')') + 1));
        long[] fields = new long[START_TIME + 1];
        for (int i = FIRST_BEHIND_NAME; i <= START_TIME && words.hasMoreTokens(); i++) {
            String word = words.nextToken();
            fields[i] = i == FIRST_BEHIND_NAME ? 0 : Long.parseLong(word);
        }
        return new ProcStat(
                fields[USER_TIME] + fields[SYSTEM_TIME],
                (int) fields[PRIORITY],
                (int) fields[NICE],
                fields[START_TIME]);
    }
}

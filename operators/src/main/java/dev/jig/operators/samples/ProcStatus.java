// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import java.util.StringTokenizer;

/**
 * What {@code /proc/PID/status} tells, see {@code proc_pid_status(5)}.
 *
 * @param resident bytes, as {@code virtual} and {@code shared}
 */
record ProcStatus(
        String name, int parent, String state, int threads, long user, long virtual, long resident, long shared) {
    private static final int KIBIBYTE = 1024;

    /** Reads what is there; kernel threads, for instance, have no memory. */
    static ProcStatus parse(String text) {
        String name = "";
        String state = "";
        long parent = 0;
        long threads = 0;
        long user = 0;
        long virtual = 0;
        long resident = 0;
        long shared = 0;
        StringTokenizer lines = new StringTokenizer(text, "\n");
        while (lines.hasMoreTokens()) {
            String line = lines.nextToken();
            int colon = line.indexOf(':');
            if (colon > 0) {
                String value = line.substring(colon + 1).strip();
                switch (line.substring(0, colon)) {
                    case "Name" -> name = unescape(line.substring(Math.min(line.length(), colon + 2)));
                    case "State" -> state = value.substring(0, Math.min(1, value.length()));
                    case "PPid" -> parent = firstNumber(value);
                    case "Threads" -> threads = firstNumber(value);
                    case "Uid" -> user = firstNumber(value);
                    case "VmSize" -> virtual = firstNumber(value) * KIBIBYTE;
                    case "VmRSS" -> resident = firstNumber(value) * KIBIBYTE;
                    case "RssFile", "RssShmem" -> shared += firstNumber(value) * KIBIBYTE;
                    default -> {}
                }
            }
        }
        return new ProcStatus(name, (int) parent, state, (int) threads, user, virtual, resident, shared);
    }

    private static long firstNumber(String value) {
        int end = 0;
        while (end < value.length() && Character.isDigit(value.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Long.parseLong(value, 0, end, 10);
    }

    /** The kernel writes a backslash as two and a line's end as {@code \n}. */
    private static String unescape(String name) {
        if (name.indexOf('\\') < 0) {
            return name;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' && i + 1 < name.length()) {
                i++;
                out.append(name.charAt(i) == 'n' ? '\n' : name.charAt(i));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}

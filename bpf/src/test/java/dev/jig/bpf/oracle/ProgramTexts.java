// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import java.util.Map;
import java.util.TreeMap;

/** What is said of the programs of an object: a line {@code program NAME} each, and below it one line for each instruction or {@code refused}. */
final class ProgramTexts {
    private static final String HEADER = "program ";

    private ProgramTexts() {}

    /** The text of each program, by its name. */
    static Map<String, String> byName(String text) {
        Map<String, StringBuilder> programs = new TreeMap<>();
        StringBuilder current = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(HEADER)) {
                current = new StringBuilder();
                programs.put(line.substring(HEADER.length()), current);
            } else if (!line.isEmpty()) {
                current.append(line).append('\n');
            }
        }
        Map<String, String> texts = new TreeMap<>();
        programs.forEach((name, lines) -> texts.put(name, lines.toString()));
        return texts;
    }

    static boolean isRefused(String program) {
        return program.equals("refused\n");
    }
}

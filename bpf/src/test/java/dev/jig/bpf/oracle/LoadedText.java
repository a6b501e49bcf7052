// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loaded programs as bpftool shows them, made comparable: maps have names in place of ids, which differ with each load.
 * An instruction is a line of text and, below it, one of bytes, where those of the id are left out.
 */
final class LoadedText {
    private static final Pattern MAP = Pattern.compile("map (\\d+) (.*)");
    private static final Pattern REFERENCE = Pattern.compile("map\\[id:(\\d+)]");
    /** Digits of opcode, registers and offset, which come before the id: 4 bytes of 2 digits and a blank each. */
    private static final int BEFORE_ID = 12;

    private static final int ID = 12;

    private LoadedText() {}

    /** The text of each program, {@code refused} for those that were not loaded. */
    static Map<String, String> byProgram(String text) {
        Map<String, String> programs = new LinkedHashMap<>();
        Map<String, String> maps = new HashMap<>();
        String program = "";
        boolean showsMap = false;
        for (String line : text.split("\n", -1)) {
            Matcher map = MAP.matcher(line);
            if (line.startsWith("program ")) {
                program = line.substring("program ".length());
                maps.clear();
                programs.put(program, "");
            } else if (map.matches()) {
                maps.put(map.group(1), map.group(2));
            } else {
                String shown = showsMap ? withoutId(line) : withNames(line, maps);
                showsMap = REFERENCE.matcher(line).find();
                programs.merge(program, shown + "\n", String::concat);
            }
        }
        return programs;
    }

    static boolean isRefused(String program) {
        return program.startsWith("refused\n");
    }

    private static String withNames(String line, Map<String, String> maps) {
        return REFERENCE
                .matcher(line)
                .replaceAll(found ->
                        Matcher.quoteReplacement("map[" + maps.getOrDefault(found.group(1), found.group(1)) + "]"));
    }

    private static String withoutId(String bytes) {
        int start = bytes.length() - bytes.stripLeading().length() + BEFORE_ID;
        return bytes.substring(0, start) + bytes.substring(start + ID);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call as strace saw it.
 *
 * @param error its name, or nothing
 * @param descriptor 0 if there was an error
 */
record StraceLine(long thread, String name, String error, int descriptor) {
    private static final Pattern LINE =
            Pattern.compile("(\\d+) +open(?:at)?\\((?:AT_FDCWD, )?\"([^\"]*)\", [^)]*\\) = (-?\\d+)(?: (E\\w+) .*)?");

    static List<StraceLine> parseAll(List<String> lines) {
        return lines.stream().map(StraceLine::parse).toList();
    }

    private static StraceLine parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not understood: " + line);
        }
        String error = matcher.group(4) == null ? "" : matcher.group(4);
        int result = Integer.parseInt(matcher.group(3));
        return new StraceLine(Long.parseLong(matcher.group(1)), matcher.group(2), error, Math.max(result, 0));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import dev.jig.datasource.Utf8Buffer;
import java.lang.foreign.ValueLayout;

/** How an event is marked that came too late for its place in the order of time. */
enum LateMark {
    /** A line of a table. */
    COLUMNS("\n", " (late)\n"),
    JSON("}\n", ",\"late\":true}\n"),
    JSON_PRETTY("\n}\n", ",\n  \"late\": true\n}\n"),
    YAML("", "late: true\n"),
    /** Texts of which only the gadget knows what they look like. */
    NONE("", "");

    private final String end;
    private final String markedEnd;

    LateMark(String end, String markedEnd) {
        this.end = end;
        this.markedEnd = markedEnd;
    }

    static LateMark of(String mode) {
        return switch (mode) {
            case OutputModes.COLUMNS -> COLUMNS;
            case OutputModes.JSON -> JSON;
            case OutputModes.JSON_PRETTY -> JSON_PRETTY;
            case OutputModes.YAML -> YAML;
            default -> NONE;
        };
    }

    /** Marks the last text of a buffer, unless it does not end as texts of its mode do. */
    void apply(Utf8Buffer out) {
        long kept = out.length() - end.length();
        if (kept < 0) {
            return;
        }
        for (int i = 0; i < end.length(); i++) {
            if (out.segment().get(ValueLayout.JAVA_BYTE, kept + i) != end.charAt(i)) {
                return;
            }
        }
        out.truncate(kept);
        out.append(markedEnd);
    }
}

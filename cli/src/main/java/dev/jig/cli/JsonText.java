// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Json;
import java.util.List;
import java.util.Map;

/** JSON for people and programs: compact, or indented by two blanks. */
final class JsonText {
    private JsonText() {}

    /** The text of a tree, without a final newline. */
    static String of(Object tree, boolean pretty) {
        if (!pretty) {
            return Json.text(tree);
        }
        StringBuilder out = new StringBuilder();
        write(tree, "", out);
        return out.toString();
    }

    private static void write(Object tree, String indent, StringBuilder out) {
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            String separator = "{\n";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(indent).append("  ");
                Json.write(entry.getKey().toString(), out);
                out.append(": ");
                write(entry.getValue(), indent + "  ", out);
                separator = ",\n";
            }
            out.append('\n').append(indent).append('}');
        } else if (tree instanceof List<?> list && !list.isEmpty()) {
            String separator = "[\n";
            for (Object element : list) {
                out.append(separator).append(indent).append("  ");
                write(element, indent + "  ", out);
                separator = ",\n";
            }
            out.append('\n').append(indent).append(']');
        } else {
            Json.write(tree, out);
        }
    }
}

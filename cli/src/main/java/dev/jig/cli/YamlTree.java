// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.datasource.YamlText;
import java.util.List;
import java.util.Map;

/** YAML texts of trees of maps, lists, texts, numbers and booleans, in block style; elements of lists stand below the first letter of the key. */
final class YamlTree {
    private static final String UNIT = "  ";

    private YamlTree() {}

    /** The text of a tree, with a line feed at its end. */
    static String of(Object tree) {
        StringBuilder out = new StringBuilder();
        if (isEmpty(tree) || !(tree instanceof Map<?, ?>) && !(tree instanceof List<?>)) {
            return scalar(tree, 0, 0) + "\n";
        }
        write(tree, 0, out);
        return out.toString();
    }

    private static boolean isEmpty(Object tree) {
        return tree instanceof Map<?, ?> map && map.isEmpty() || tree instanceof List<?> list && list.isEmpty();
    }

    /** Writes members or elements; the first one goes behind what stands in the line already. */
    private static void write(Object tree, int depth, StringBuilder out) {
        boolean first = true;
        if (tree instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> member : map.entrySet()) {
                indent(first, depth, out);
                first = false;
                String key = YamlText.key(member.getKey().toString());
                out.append(key).append(':');
                value(member.getValue(), depth, depth * UNIT.length() + key.length() + 2, out);
            }
        } else if (tree instanceof List<?> list) {
            for (Object element : list) {
                indent(first, depth, out);
                first = false;
                out.append("- ");
                element(element, depth, out);
            }
        }
    }

    private static void indent(boolean first, int depth, StringBuilder out) {
        if (!first || out.isEmpty() || out.charAt(out.length() - 1) == '\n') {
            out.repeat(UNIT, depth);
        }
    }

    private static void value(Object value, int depth, int column, StringBuilder out) {
        if (isEmpty(value) || !(value instanceof Map<?, ?>) && !(value instanceof List<?>)) {
            out.append(' ').append(scalar(value, column, depth)).append('\n');
        } else if (value instanceof List<?>) {
            out.append('\n');
            write(value, depth, out);
        } else {
            out.append('\n');
            write(value, depth + 1, out);
        }
    }

    private static void element(Object element, int depth, StringBuilder out) {
        if (isEmpty(element) || !(element instanceof Map<?, ?>) && !(element instanceof List<?>)) {
            out.append(scalar(element, (depth + 1) * UNIT.length(), depth)).append('\n');
        } else {
            write(element, depth + 1, out);
        }
    }

    private static String scalar(Object value, int column, int depth) {
        return switch (value) {
            case Map<?, ?> ignored -> "{}";
            case List<?> ignored -> "[]";
            case String text -> YamlText.scalar(text, column, depth);
            default -> value.toString();
        };
    }
}

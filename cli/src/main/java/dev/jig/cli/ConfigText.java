// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.datasource.YamlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Settings as YAML text: keys sorted, four blanks a level. */
final class ConfigText {
    private static final String UNIT = "    ";
    /** Far to the left of the column at which lines would be folded. */
    private static final int LEFT = Integer.MIN_VALUE / 2;

    private ConfigText() {}

    /** The text of a tree of maps, lists, texts, numbers and booleans. */
    static String of(Map<?, ?> tree) {
        StringBuilder out = new StringBuilder();
        write(tree, 0, out);
        return out.isEmpty() ? "{}\n" : out.toString();
    }

    /** The tree with lists in place of texts with commas between the elements. */
    static Map<String, Object> withLists(Map<String, Object> tree, Collection<String> paths) {
        return withLists("", tree, paths);
    }

    private static Map<String, Object> withLists(String prefix, Map<?, ?> tree, Collection<String> paths) {
        Map<String, Object> changed = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            String path = prefix + key;
            if (value instanceof Map<?, ?> below) {
                changed.put(key.toString(), withLists(path + ".", below, paths));
            } else {
                boolean list = paths.stream()
                        .anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(path));
                changed.put(key.toString(), list ? elements(value.toString()) : value);
            }
        });
        return changed;
    }

    private static List<String> elements(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static void write(Map<?, ?> tree, int depth, StringBuilder out) {
        Map<String, Object> sorted = new TreeMap<>();
        tree.forEach((key, value) -> sorted.put(key.toString(), value));
        sorted.forEach((key, value) -> {
            out.repeat(UNIT, depth).append(YamlText.key(key)).append(':');
            switch (value) {
                case Map<?, ?> below
                when !below.isEmpty() -> {
                    out.append('\n');
                    write(below, depth + 1, out);
                }
                case List<?> list
                when !list.isEmpty() -> {
                    out.append('\n');
                    for (Object element : new ArrayList<>(list)) {
                        out.repeat(UNIT, depth + 1)
                                .append("- ")
                                .append(scalar(element, 2 * depth + 4))
                                .append('\n');
                    }
                }
                default -> out.append(' ').append(scalar(value, 2 * depth + 1)).append('\n');
            }
        });
    }

    private static String scalar(Object value, int depth) {
        return switch (value) {
            case Map<?, ?> ignored -> "{}";
            case List<?> ignored -> "[]";
            case String text -> YamlText.scalar(text, LEFT, depth);
            default -> value.toString();
        };
    }
}

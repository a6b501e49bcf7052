// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reader of the nested block mappings that captured YAML documents consist of. */
final class SmallYaml {
    private SmallYaml() {}

    static Map<String, Object> parse(String document) {
        Map<String, Object> root = new LinkedHashMap<>();
        Deque<Map<String, Object>> open = new ArrayDeque<>();
        open.push(root);
        for (String line : document.lines().toList()) {
            String text = line.stripLeading();
            int depth = (line.length() - text.length()) / 2;
            while (open.size() > depth + 1) {
                open.pop();
            }
            int colon = text.indexOf(':');
            String value = text.substring(colon + 1).stripLeading();
            if (value.isEmpty()) {
                Map<String, Object> nested = new LinkedHashMap<>();
                open.element().put(text.substring(0, colon), nested);
                open.push(nested);
            } else {
                open.element().put(text.substring(0, colon), scalar(value));
            }
        }
        return root;
    }

    private static Object scalar(String value) {
        if (value.startsWith("\"")) {
            return SmallJson.parse(value.replace("\\x", "\\u00"));
        }
        if (value.startsWith("'")) {
            return value.substring(1, value.length() - 1);
        }
        boolean typed = value.matches("true|false|[0-9]+(\\.[0-9]+)?");
        return typed ? SmallJson.parse(value) : value;
    }
}

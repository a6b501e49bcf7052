// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.image.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON texts as trees with sorted members. */
final class JsonTree {
    private JsonTree() {}

    /** The tree of a text. */
    static Object sorted(String text, String source) {
        // The reader takes objects only: an array is read as an object's member.
        String object = "{\"value\":" + text + "}";
        return sorted(
                Json.readObject(object.getBytes(StandardCharsets.UTF_8), source).getOrDefault("value", ""));
    }

    private static Object sorted(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> result = new TreeMap<>();
            map.forEach((key, value) -> result.put(key.toString(), sorted(value)));
            return result;
        }
        return tree instanceof List<?> list
                ? list.stream().map(JsonTree::sorted).toList()
                : tree;
    }
}

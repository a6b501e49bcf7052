// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** JSON and YAML texts as trees with sorted members. */
final class JsonTree {
    private JsonTree() {}

    /** The tree of a text. */
    static Object sorted(String text, String source) {
        // The reader takes objects only: an array is read as an object's member.
        String object = "{\"value\":" + text + "}";
        return sorted(
                Json.readObject(object.getBytes(StandardCharsets.UTF_8), source).getOrDefault("value", ""));
    }

    /** The tree of a YAML text. */
    static Object sortedYaml(String text, String source) {
        LoadSettings settings = LoadSettings.builder().setLabel(source).build();
        try {
            Object document = new Load(settings).loadFromString(text);
            return document == null ? Json.NULL : sorted(document);
        } catch (YamlEngineException malformed) {
            throw new CliException(source + ": not YAML: " + malformed.getMessage());
        }
    }

    private static Object sorted(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> result = new TreeMap<>();
            map.forEach((key, value) -> result.put(String.valueOf(key), value == null ? Json.NULL : sorted(value)));
            return result;
        }
        return tree instanceof List<?> list
                ? list.stream().map(JsonTree::sorted).toList()
                : tree;
    }
}

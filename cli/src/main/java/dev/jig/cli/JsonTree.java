// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Json;
import java.math.BigDecimal;
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
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new OldYamlSchema())
                .build();
        try {
            Object document = new Load(settings).loadFromString(text);
            return document == null ? Json.NULL : sorted(document);
        } catch (YamlEngineException malformed) {
            throw new CliException(source + ": not YAML: " + malformed.getMessage());
        }
    }

    /** Numbers are doubles; as in Go, those that are whole have no exponent below 10^21. */
    private static Object number(Number number) {
        double value = number.doubleValue();
        if (number instanceof Long || number instanceof Integer) {
            long whole = number.longValue();
            return Math.abs(whole) <= 1L << 53 ? whole : new BigDecimal(Double.toString(value)).toBigInteger();
        }
        return value == Math.rint(value) && Math.abs(value) < 1e21
                ? new BigDecimal(Double.toString(value)).toBigInteger()
                : (Object) value;
    }

    /** The same tree with members sorted by name. */
    static Object sorted(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> result = new TreeMap<>();
            map.forEach((key, value) -> result.put(String.valueOf(key), value == null ? Json.NULL : sorted(value)));
            return result;
        }
        return switch (tree) {
            case List<?> list ->
                list.stream()
                        .map(element -> element == null ? Json.NULL : sorted(element))
                        .toList();
            case Number number -> number(number);
            default -> tree;
        };
    }
}

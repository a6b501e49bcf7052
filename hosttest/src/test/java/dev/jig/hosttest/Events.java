// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Events as JSON. */
final class Events {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Events() {}

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new AssertionError("no JSON: " + json, broken);
        }
    }

    /** One event a line. */
    static List<JsonNode> parseLines(String text) {
        return text.lines().map(Events::parse).toList();
    }

    /** All elements of arrays, one array a line. */
    static List<JsonNode> elements(Finished finished) {
        List<JsonNode> elements = new ArrayList<>();
        for (JsonNode array : parseLines(finished.out())) {
            array.forEach(elements::add);
        }
        return elements;
    }

    /** The elements of one array. */
    static List<JsonNode> list(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    /** The events whose field has a value. */
    static List<JsonNode> with(List<JsonNode> events, String field, String value) {
        return events.stream()
                .filter(event -> event.at(pointer(field)).asText().equals(value))
                .toList();
    }

    /** The only event whose field has a value. */
    static JsonNode single(Finished finished, String field, String value) {
        List<JsonNode> found = with(parseLines(finished.out()), field, value);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " events with " + field + " = " + value);
        }
        return found.getFirst();
    }

    private static String pointer(String field) {
        return "/" + field.replace('.', '/');
    }

    /** A field by its dotted name. */
    static JsonNode field(JsonNode event, String name) {
        return event.at(pointer(name));
    }

    /** All members as {@code name:type}, in their order, those of objects behind them. */
    static List<String> shape(JsonNode event) {
        List<String> names = new ArrayList<>();
        collect("", event, names);
        return names;
    }

    private static void collect(String prefix, JsonNode node, List<String> names) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = prefix + member.getKey();
            names.add(name + ":" + member.getValue().getNodeType());
            collect(name + ".", member.getValue(), names);
        }
    }

    /** An event that upstream wrote. */
    static JsonNode example(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(Events.class.getResourceAsStream("/" + resource), resource)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}

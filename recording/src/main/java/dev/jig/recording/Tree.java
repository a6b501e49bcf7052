// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a description, asked for what it must hold.
 *
 * @param path where it is, for messages
 */
record Tree(Map<?, ?> members, String path) {
    private Object require(String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new RecordingException("the description lacks \"" + path + name + "\"");
        }
        return value;
    }

    private RecordingException wrong(String name, String expected) {
        return new RecordingException("\"" + path + name + "\" of the description is not " + expected);
    }

    String text(String name) {
        if (require(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "text");
    }

    int number(String name) {
        long number = wideNumber(name);
        if (number != (int) number) {
            throw wrong(name, "a number of 32 bits");
        }
        return (int) number;
    }

    long wideNumber(String name) {
        if (require(name) instanceof Long number) {
            return number;
        }
        throw wrong(name, "a whole number");
    }

    boolean isTrue(String name) {
        if (require(name) instanceof Boolean value) {
            return value;
        }
        throw wrong(name, "true or false");
    }

    Tree tree(String name) {
        if (require(name) instanceof Map<?, ?> map) {
            return new Tree(map, path + name + ".");
        }
        throw wrong(name, "an object");
    }

    List<Tree> trees(String name) {
        List<Tree> trees = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            trees.add(new Tree(map, path + name + "[" + trees.size() + "]."));
        }
        return trees;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    private List<?> list(String name) {
        if (require(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    /** All members as texts. */
    Map<String, String> asTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        members.forEach((key, value) -> {
            if (!(value instanceof String text)) {
                throw wrong(String.valueOf(key), "text");
            }
            texts.put(String.valueOf(key), text);
        });
        return texts;
    }

    /** All members as they are. */
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        members.forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A reader of well-formed JSON for tests: objects are maps, arrays lists, numbers {@code Long} or {@code Double}. */
final class SmallJson {
    private final String text;
    private int at;

    private SmallJson(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        SmallJson json = new SmallJson(text);
        Object value = json.value();
        json.skipSpace();
        if (json.at != text.length()) {
            throw new AssertionError("more after the value: " + text.substring(json.at));
        }
        return value;
    }

    @SuppressWarnings("unchecked") // The keys of a JSON object are strings.
    static Map<String, Object> object(String text) {
        return (Map<String, Object>) parse(text);
    }

    private Object value() {
        skipSpace();
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        skipSpace();
        while (text.charAt(at) != '}') {
            String key = string();
            expect(':');
            object.put(key, value());
            skipSpace();
            if (text.charAt(at) == ',') {
                at++;
                skipSpace();
            }
        }
        at++;
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        at++;
        skipSpace();
        while (text.charAt(at) != ']') {
            array.add(value());
            skipSpace();
            if (text.charAt(at) == ',') {
                at++;
            }
        }
        at++;
        return array;
    }

    private String string() {
        expect('"');
        StringBuilder result = new StringBuilder();
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < 0x20) {
                throw new AssertionError("unescaped control character " + (int) c);
            }
            result.append(c == '\\' ? escape() : c);
        }
        at++;
        return result.toString();
    }

    private char escape() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\' -> c;
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw new AssertionError("escape \\" + c);
        };
    }

    private Object word() {
        int start = at;
        while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> "null";
            default -> number(word);
        };
    }

    private static Object number(String word) {
        boolean tooLong = word.length() > 20
                || (word.length() == 20 && word.startsWith("-") && word.compareTo("-9223372036854775808") > 0);
        if (word.indexOf('.') >= 0 || word.indexOf('e') >= 0 || tooLong) {
            return Double.parseDouble(word);
        }
        return word.startsWith("-") ? Long.parseLong(word) : Long.parseUnsignedLong(word);
    }

    private void expect(char c) {
        skipSpace();
        if (text.charAt(at) != c) {
            throw new AssertionError("expected " + c + " at " + text.substring(at));
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}

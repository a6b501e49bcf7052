// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) into maps, lists, texts, numbers and booleans. Our own, because it stands on the way to the first
 * event: see docs/decisions/0005-json.md.
 */
final class JsonParser {
    private static final int DEEPEST = 64;

    private final String text;
    private final String source;
    private int position;
    private int depth;

    JsonParser(byte[] bytes, String source) {
        this.text = new String(bytes, StandardCharsets.UTF_8);
        this.source = source;
    }

    /**
     * Reads the whole text as one object.
     *
     * @throws GadgetException with the position of what is wrong
     */
    Map<String, Object> parseObject() {
        skipBlanks();
        if (peek() != '{') {
            throw problem("a JSON object is expected");
        }
        Map<String, Object> result = object();
        skipBlanks();
        if (position != text.length()) {
            throw problem("unexpected text behind the object");
        }
        return result;
    }

    private Object value() {
        skipBlanks();
        char c = peek();
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", Json.NULL);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        enter();
        Map<String, Object> result = new LinkedHashMap<>();
        position++;
        skipBlanks();
        if (peek() == '}') {
            position++;
            depth--;
            return result;
        }
        while (true) {
            skipBlanks();
            if (peek() != '"') {
                throw problem("a member's name is expected");
            }
            String name = string();
            skipBlanks();
            expect(':');
            result.put(name, value());
            skipBlanks();
            if (peek() == ',') {
                position++;
            } else {
                expect('}');
                depth--;
                return result;
            }
        }
    }

    private List<Object> array() {
        enter();
        List<Object> result = new ArrayList<>();
        position++;
        skipBlanks();
        if (peek() == ']') {
            position++;
            depth--;
            return result;
        }
        while (true) {
            result.add(value());
            skipBlanks();
            if (peek() == ',') {
                position++;
            } else {
                expect(']');
                depth--;
                return result;
            }
        }
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw problem("nested too deeply");
        }
    }

    private String string() {
        int start = ++position;
        int end = text.indexOf('"', start);
        // Not farther than the text's end: else texts behind which there is no escape for long would cost the square of
        // their number.
        if (end >= 0 && text.indexOf('\\', start, end) < 0) {
            position = end + 1;
            return checked(text.substring(start, end));
        }
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(position++);
            out.append(c == '\\' ? escape() : c);
        }
        position++;
        return checked(out.toString());
    }

    /** A raw control character is no part of JSON; an escaped one is, but nothing that is read here has one. */
    private String checked(String string) {
        for (int i = 0; i < string.length(); i++) {
            if (string.charAt(i) < ' ' && string.charAt(i) != '\n' && string.charAt(i) != '\t') {
                throw problem("a control character in a text");
            }
        }
        return string;
    }

    private char escape() {
        char c = peek();
        position++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> throw problem("unknown escape \\" + c);
        };
    }

    private char codeUnit() {
        if (position + 4 > text.length()) {
            throw problem("the text ends too early");
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text.charAt(position++), 16);
            if (digit < 0) {
                throw problem("four hexadecimal digits are expected");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, position)) {
            throw problem("unexpected text");
        }
        position += word.length();
        return value;
    }

    private Object number() {
        int start = position;
        while (position < text.length() && "+-.0123456789eE".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        String digits = text.substring(start, position);
        try {
            if (digits.indexOf('.') < 0 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0) {
                return Long.parseLong(digits);
            }
            return Double.parseDouble(digits);
        } catch (NumberFormatException malformed) {
            position = start;
            throw problem(digits.isEmpty() ? "a value is expected" : "not a number: " + digits);
        }
    }

    private void skipBlanks() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private char peek() {
        if (position >= text.length()) {
            throw problem("the text ends too early");
        }
        return text.charAt(position);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw problem("'" + c + "' is expected");
        }
        position++;
    }

    private GadgetException problem(String what) {
        return new GadgetException(source + ": not JSON: " + what + " at character " + position);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** JSON as trees of maps, lists, texts, numbers and booleans; {@code null} becomes {@link #NULL}. */
public final class Json {
    /** Stands for {@code null}. */
    public static final Object NULL = new Null();

    private record Null() {
        @Override
        public String toString() {
            return "null";
        }
    }

    private Json() {}

    /**
     * Reads an object.
     *
     * @param source what is read, for messages
     * @throws GadgetException when the bytes are no JSON object
     */
    public static Map<String, Object> readObject(byte[] bytes, String source) {
        return new JsonParser(bytes, source).parseObject();
    }

    /** Writes a tree compactly, members in their order, {@code < > &} escaped as upstream's images have them. */
    public static byte[] write(Object tree) {
        return text(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** The same as a text. */
    public static String text(Object tree) {
        StringBuilder out = new StringBuilder();
        write(tree, out);
        return out.toString();
    }

    /** Appends the same to a text. */
    public static void write(Object tree, StringBuilder out) {
        switch (tree) {
            case Map<?, ?> map -> writeMap(map, out);
            case List<?> list -> writeList(list, out);
            case String text -> writeText(text, out);
            default -> out.append(tree);
        }
    }

    private static void writeMap(Map<?, ?> map, StringBuilder out) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            writeText(entry.getKey().toString(), out);
            out.append(':');
            write(entry.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void writeList(List<?> list, StringBuilder out) {
        out.append('[');
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            write(element, out);
            separator = ",";
        }
        out.append(']');
    }

    /** Texts of megabytes are written: what needs no escape goes in one piece. */
    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        int written = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (needsEscape(c)) {
                out.append(text, written, i);
                written = i + 1;
                writeEscaped(c, out);
            }
        }
        out.append(text, written, length).append('"');
    }

    private static boolean needsEscape(char c) {
        return c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
    }

    private static void writeEscaped(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> writeEscape(c, out);
        }
    }

    private static void writeEscape(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import java.util.ArrayList;
import java.util.List;

/** Annotations that a user adds to a gadget's metadata: {@code ds:key=value} and {@code ds.field:key=value}. */
final class Annotations {
    private final List<String> elements;

    Annotations(String text) {
        this.elements = split(text);
    }

    /** Splits at commas; {@code \,} and {@code \\} stand for themselves. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped =
                    c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == ',' || text.charAt(i + 1) == '\\');
            if (escaped) {
                part.append(text.charAt(++i));
            } else if (c == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /**
     * Adds them.
     *
     * @throws GadgetException when one is malformed
     */
    void applyTo(Configuration configuration) {
        for (String element : elements) {
            if (!element.isEmpty()) {
                apply(element, configuration);
            }
        }
    }

    private static void apply(String element, Configuration configuration) {
        int colon = element.indexOf(':');
        if (colon < 0) {
            throw problem(element, "must be in subject:assignment format");
        }
        String subject = element.substring(0, colon);
        String assignment = element.substring(colon + 1);
        if (subject.isEmpty() || assignment.isEmpty()) {
            throw problem(element, "has empty subject or assignment");
        }
        int equals = assignment.indexOf('=');
        if (equals < 0) {
            throw problem(element, "must contain a key=value pair");
        }
        if (equals == 0) {
            throw problem(element, "has empty key");
        }
        List<String> path = path(element, subject);
        path.add("annotations");
        path.add(assignment.substring(0, equals));
        configuration.set(path, assignment.substring(equals + 1));
    }

    private static List<String> path(String element, String subject) {
        List<String> path = new ArrayList<>(List.of("datasources"));
        int dot = subject.indexOf('.');
        if (dot < 0) {
            path.add(subject);
            return path;
        }
        String field = subject.substring(dot + 1);
        if (dot == 0 || field.isEmpty() || field.startsWith(".") || field.endsWith(".") || field.contains("..")) {
            throw problem(element, "has empty field or subfield name");
        }
        path.addAll(List.of(subject.substring(0, dot), "fields", field));
        return path;
    }

    private static GadgetException problem(String element, String text) {
        return new GadgetException("annotation \"" + element + "\" " + text);
    }
}

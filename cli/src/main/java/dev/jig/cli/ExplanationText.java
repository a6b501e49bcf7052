// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a gadget would do, for people as tables with a title each, for programs as one JSON object with an array for each section. */
final class ExplanationText {
    private enum Mode {
        COLUMNS,
        JSON,
        JSON_PRETTY
    }

    private final Mode mode;

    private ExplanationText(Mode mode) {
        this.mode = mode;
    }

    /**
     * The writer for an output mode; the empty one is that for people.
     *
     * @throws CliException when explanations cannot be written so
     */
    static ExplanationText of(String mode) {
        return new ExplanationText(
                switch (mode) {
                    case "", "columns" -> Mode.COLUMNS;
                    case "json" -> Mode.JSON;
                    case "jsonpretty" -> Mode.JSON_PRETTY;
                    default ->
                        throw new CliException("invalid output mode \"" + mode
                                + "\" for --explain, valid values are: columns, json, jsonpretty");
                });
    }

    /** The text of all sections, with a line feed at its end. */
    String write(List<Explanation> sections) {
        return switch (mode) {
            case COLUMNS -> tables(sections);
            case JSON -> JsonText.of(tree(sections), false) + "\n";
            case JSON_PRETTY -> JsonText.of(tree(sections), true) + "\n";
        };
    }

    private static Map<String, Object> tree(List<Explanation> sections) {
        Map<String, Object> tree = new LinkedHashMap<>();
        sections.forEach(section -> tree.put(section.name(), section.rows()));
        return tree;
    }

    private static String tables(List<Explanation> sections) {
        if (sections.isEmpty()) {
            return "This gadget loads nothing into the kernel.\n";
        }
        StringBuilder out = new StringBuilder();
        String separator = "";
        for (Explanation section : sections) {
            out.append(separator).append(title(section.name())).append('\n');
            table(section, out);
            separator = "\n";
        }
        return out.toString();
    }

    private static String title(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static void table(Explanation section, StringBuilder out) {
        List<List<String>> columns = new ArrayList<>();
        for (String column : section.columns()) {
            List<String> cells = cells(section, column);
            if (cells.stream().skip(1).anyMatch(cell -> !cell.isEmpty())) {
                columns.add(cells);
            }
        }
        List<Integer> widths = columns.stream()
                .map(cells -> cells.stream().mapToInt(String::length).max().orElse(0))
                .toList();
        for (int row = 0; row <= section.rows().size(); row++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                String cell = columns.get(i).get(row);
                line.append("  ").append(cell).append(" ".repeat(widths.get(i) - cell.length()));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }

    /** A heading and the values below it. */
    private static List<String> cells(Explanation section, String column) {
        List<String> cells = new ArrayList<>();
        cells.add(column.toUpperCase(Locale.ROOT));
        for (Map<String, Object> row : section.rows()) {
            cells.add(cell(row.getOrDefault(column, "")));
        }
        return cells;
    }

    private static String cell(Object value) {
        String text = value instanceof List<?> list
                ? String.join(", ", list.stream().map(String::valueOf).toList())
                : value.toString();
        // The first line says what is wrong; the kernel's log below it is for -v.
        int end = text.indexOf('\n');
        return ControlCharacters.neutralise(end < 0 ? text : text.substring(0, end));
    }
}

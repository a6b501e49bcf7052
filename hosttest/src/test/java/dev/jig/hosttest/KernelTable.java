// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The table of {@code docs/kernels.md}: a column for each kernel, a row for each gadget. */
final class KernelTable {
    private static final String START = "| Gadget |";
    private static final String RELEASE = "(release)";

    private final Path file;
    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    /** Cells by row, by kernel. */
    private final Map<String, Map<String, String>> columns = new LinkedHashMap<>();

    private KernelTable(Path file) {
        this.file = file;
    }

    static KernelTable read(Path file) throws IOException {
        KernelTable table = new KernelTable(file);
        List<String> kernels = List.of();
        boolean inside = false;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(START)) {
                kernels = cells(line).subList(1, cells(line).size());
                inside = true;
            } else if (inside && line.startsWith("|")) {
                List<String> cells = cells(line);
                for (int i = 0; i < kernels.size() && !cells.getFirst().startsWith("-"); i++) {
                    table.columns
                            .computeIfAbsent(kernels.get(i), kernel -> new LinkedHashMap<>())
                            .put(cells.getFirst(), cells.get(i + 1));
                }
            } else {
                (inside ? table.after : table.before).add(line);
            }
        }
        return table;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    /** What is claimed of a kernel: gadgets with what becomes of them. */
    Map<String, String> claims(String kernel) {
        Map<String, String> claims = new LinkedHashMap<>(columns.getOrDefault(kernel, Map.of()));
        claims.remove(RELEASE);
        return claims;
    }

    /** Replaces the column of a kernel and writes the file. */
    void write(String kernel, String release, Map<String, String> outcomes) throws IOException {
        Map<String, String> column = new LinkedHashMap<>();
        column.put(RELEASE, release);
        column.putAll(outcomes);
        columns.put(kernel, column);
        List<String> lines = new ArrayList<>(before);
        lines.add(START + " " + String.join(" | ", columns.keySet()) + " |");
        lines.add("|---".repeat(columns.size() + 1) + "|");
        lines.add(row(RELEASE));
        TreeSet<String> gadgets = new TreeSet<>();
        columns.values().forEach(cells -> gadgets.addAll(cells.keySet()));
        gadgets.remove(RELEASE);
        gadgets.forEach(gadget -> lines.add(row(gadget)));
        lines.addAll(after);
        Files.write(file, lines);
    }

    private String row(String name) {
        StringBuilder row = new StringBuilder("| ").append(name).append(" |");
        columns.values()
                .forEach(cells ->
                        row.append(' ').append(cells.getOrDefault(name, "")).append(" |"));
        return row.toString();
    }
}

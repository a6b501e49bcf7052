// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

import dev.jig.inspect.flow.ProgramFlow;
import dev.jig.inspect.flow.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Programs on the left, maps on the right, lines between them. Each line has a row of its own beside its program, where its text stands, so that no texts overlap; lines
 * of what does not always happen are dashed.
 */
public final class Picture {
    private static final int ROW = 20;
    private static final int GAP = 14;
    private static final int BOX = 260;
    private static final int LABELS = 330;
    private static final int LINES = 260;
    private static final int TEXT = 14;
    private static final int LONGEST_NAME = 32;
    private static final int LONGEST_LABEL = 56;

    private final Map<String, Map<String, Edge>> edges = new LinkedHashMap<>();
    private final Map<String, Integer> mapRows = new LinkedHashMap<>();
    private final StringBuilder svg = new StringBuilder();
    private int mapDistance;

    /** What a program does with a map. */
    private static final class Edge {
        private final Set<String> labels = new LinkedHashSet<>();
        private boolean always;
    }

    public Picture(List<ProgramFlow> programs) {
        for (ProgramFlow program : programs) {
            Map<String, Edge> own = edges.computeIfAbsent(program.name(), none -> new LinkedHashMap<>());
            for (Use use : program.uses()) {
                if (!use.map().startsWith(".rodata") && !use.map().equals(".kconfig")) {
                    Edge edge = own.computeIfAbsent(use.target(), none -> new Edge());
                    edge.labels.add(use.label());
                    edge.always |= use.always();
                    mapRows.putIfAbsent(use.target(), mapRows.size());
                }
            }
        }
    }

    /** The picture as a document of its own. */
    public String svg() {
        int rows = 0;
        for (Map<String, Edge> own : edges.values()) {
            rows += Math.max(1, own.size());
        }
        int left = rows * ROW + edges.size() * GAP;
        int right = mapRows.size() * (ROW + GAP);
        int height = Math.max(left, right) + GAP;
        // Maps are spread over the height, so that lines are no steeper than they must be.
        mapDistance = mapRows.isEmpty() ? 0 : (height - GAP) / mapRows.size();
        int width = 2 * BOX + LABELS + LINES + 2 * GAP;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" font-family=\"sans-serif\" font-size=\"12\">\n");
        List<String> boxes = new ArrayList<>();
        int y = GAP;
        for (Map.Entry<String, Map<String, Edge>> program : edges.entrySet()) {
            int size = Math.max(1, program.getValue().size()) * ROW;
            boxes.add(box(GAP, y, size, program.getKey(), "#dbe9ff", 3));
            int row = y;
            for (Map.Entry<String, Edge> edge : program.getValue().entrySet()) {
                line(row, edge.getKey(), edge.getValue());
                row += ROW;
            }
            y += size + GAP;
        }
        mapRows.forEach((map, row) -> boxes.add(box(mapX(), mapY(row), ROW, map, "#ffe9c9", 9)));
        boxes.forEach(svg::append);
        return svg.append("</svg>\n").toString();
    }

    private int mapY(int row) {
        return GAP + row * mapDistance;
    }

    private static int mapX() {
        return GAP + BOX + LABELS + LINES;
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    }

    private static String box(int x, int y, int height, String name, String colour, int radius) {
        return "<rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + BOX + "\" height=\"" + height + "\" rx=\"" + radius
                + "\" fill=\"" + colour + "\" stroke=\"#666\"/><text x=\"" + (x + 8) + "\" y=\""
                + (y + height / 2 + 4) + "\"><title>" + Markup.escape(name) + "</title>"
                + Markup.escape(shortened(name, LONGEST_NAME)) + "</text>\n";
    }

    private void line(int row, String map, Edge edge) {
        int from = GAP + BOX;
        int y = row + ROW / 2;
        int bend = from + LABELS;
        int target = mapY(mapRows.getOrDefault(map, 0)) + ROW / 2;
        String labels = String.join("+", edge.labels);
        svg.append("<path d=\"M")
                .append(from)
                .append(' ')
                .append(y)
                .append(" H")
                .append(bend)
                .append(" C")
                .append(bend + LINES / 2)
                .append(' ')
                .append(y)
                .append(' ')
                .append(bend + LINES / 2)
                .append(' ')
                .append(target)
                .append(' ')
                .append(mapX())
                .append(' ')
                .append(target)
                .append("\" fill=\"none\" stroke=\"#88a\"")
                .append(edge.always ? "" : " stroke-dasharray=\"4 3\"")
                .append("/><text x=\"")
                .append(from + 6)
                .append("\" y=\"")
                .append(row + TEXT - 6)
                .append("\" font-size=\"10\" fill=\"#335\"><title>")
                .append(Markup.escape(labels + " " + map))
                .append("</title>")
                .append(Markup.escape(shortened(labels + " \u2192 " + map, LONGEST_LABEL)))
                .append("</text>\n");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.page;

import dev.jig.inspect.flow.ProgramFlow;
import dev.jig.inspect.flow.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Programs, maps and what programs do with maps, before anything has a place. Programs that do the same with the same maps share a box: gadgets have hundreds of
 * those.
 */
record Diagram(List<Box> boxes, List<Line> lines) {
    private static final int MOST_NAMES = 8;

    /** What a box stands for. */
    enum Kind {
        PROGRAM,
        MAP
    }

    /**
     * A box.
     *
     * @param texts its lines
     * @param title everything that it stands for
     */
    record Box(Kind kind, List<String> texts, String title) {
        Box {
            texts = List.copyOf(texts);
        }
    }

    /**
     * A line from a program's box to a map's.
     *
     * @param from index of a box
     * @param to index of a box
     * @param label what is done
     * @param always whether each run of the program does it
     */
    record Line(int from, int to, String label, boolean always) {}

    Diagram {
        boxes = List.copyOf(boxes);
        lines = List.copyOf(lines);
    }

    /** What a program does with a map: the label, and whether always. */
    private record Deed(String label, boolean always) {}

    /** The diagram of some programs; constants and options of the kernel are no maps in it. */
    static Diagram of(List<ProgramFlow> programs) {
        Map<Map<String, Deed>, List<String>> groups = new LinkedHashMap<>();
        TreeSet<String> maps = new TreeSet<>();
        for (ProgramFlow program : programs) {
            Map<String, Deed> deeds = deeds(program);
            maps.addAll(deeds.keySet());
            groups.computeIfAbsent(deeds, none -> new ArrayList<>()).add(program.name());
        }
        List<Box> boxes = new ArrayList<>();
        groups.values().forEach(names -> boxes.add(programs(names)));
        Map<String, Integer> places = new LinkedHashMap<>();
        for (String map : maps) {
            places.put(map, boxes.size());
            boxes.add(new Box(Kind.MAP, List.of(map), map));
        }
        List<Line> lines = new ArrayList<>();
        int from = 0;
        for (Map<String, Deed> deeds : groups.keySet()) {
            for (Map.Entry<String, Deed> deed : deeds.entrySet()) {
                int to = places.getOrDefault(deed.getKey(), 0);
                lines.add(new Line(
                        from, to, deed.getValue().label(), deed.getValue().always()));
            }
            from++;
        }
        return new Diagram(boxes, lines);
    }

    /** The same with long names and labels cut. */
    Diagram shortened(int longestName, int longestLabel) {
        List<Box> shorterBoxes = new ArrayList<>();
        for (Box box : boxes) {
            List<String> texts = new ArrayList<>();
            box.texts.forEach(text -> texts.add(cut(text, longestName)));
            shorterBoxes.add(new Box(box.kind, texts, box.title));
        }
        List<Line> shorterLines = new ArrayList<>();
        for (Line line : lines) {
            shorterLines.add(new Line(line.from, line.to, cut(line.label, longestLabel), line.always));
        }
        return new Diagram(shorterBoxes, shorterLines);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    }

    private static Map<String, Deed> deeds(ProgramFlow program) {
        Map<String, TreeSet<String>> labels = new TreeMap<>();
        TreeSet<String> always = new TreeSet<>();
        for (Use use : program.uses()) {
            if (!use.map().startsWith(".rodata") && !use.map().equals(".kconfig")) {
                labels.computeIfAbsent(use.target(), none -> new TreeSet<>()).add(use.label());
                if (use.always()) {
                    always.add(use.target());
                }
            }
        }
        Map<String, Deed> deeds = new TreeMap<>();
        labels.forEach((map, done) -> deeds.put(map, new Deed(String.join("+", done), always.contains(map))));
        return deeds;
    }

    private static Box programs(List<String> names) {
        List<String> texts = new ArrayList<>(names.subList(0, Math.min(names.size(), MOST_NAMES)));
        if (names.size() > texts.size()) {
            texts.add("and " + (names.size() - texts.size()) + " more that do the same");
        }
        return new Box(Kind.PROGRAM, texts, String.join("\n", names));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.diagram;

import dev.jig.inspect.listing.FlatProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Mermaid texts of upstream: which program touches which map, and in which order. */
public final class Diagrams {
    private static final List<String> VERBS = List.of("Lookup", "Update", "Delete");

    private final List<String> maps;
    private final Map<String, List<Interaction>> programs = new LinkedHashMap<>();

    /**
     * @param maps names of the maps to draw, sorted
     * @param programs sorted by name
     */
    public Diagrams(List<String> maps, List<FlatProgram> programs) {
        this.maps = List.copyOf(maps);
        for (FlatProgram program : programs) {
            this.programs.put(program.name(), ReferenceScan.interactions(program));
        }
    }

    private static boolean isPlainData(String map) {
        return map.equals(".rodata") || map.equals(".bss");
    }

    /** Maps and programs as nodes, what programs do with maps as edges. */
    public String flowchart() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (String map : maps) {
            text.append(map).append("[(\"").append(map).append("\")]\n");
        }
        programs.forEach((name, interactions) -> {
            for (Interaction edge : merged(interactions)) {
                text.append(name)
                        .append(" -- \"")
                        .append(edge.label())
                        .append("\" --> ")
                        .append(edge.map())
                        .append('\n');
            }
            text.append(name).append("[\"").append(name).append("\"]\n");
        });
        return text.toString();
    }

    /** Two or more of lookup, update and delete become one edge, at the place of the map's first interaction, which gives up its own label for it. */
    private static List<Interaction> merged(List<Interaction> interactions) {
        Set<Interaction> active = new LinkedHashSet<>(interactions);
        List<Interaction> edges = new ArrayList<>();
        for (Interaction interaction : interactions) {
            if (!active.contains(interaction)) {
                continue;
            }
            List<String> verbs = new ArrayList<>();
            for (String verb : VERBS) {
                if (active.contains(new Interaction(interaction.map(), verb))) {
                    verbs.add(verb);
                }
            }
            if (verbs.size() < 2) {
                edges.add(interaction);
                continue;
            }
            verbs.forEach(verb -> active.remove(new Interaction(interaction.map(), verb)));
            edges.add(new Interaction(interaction.map(), String.join("+", verbs)));
        }
        return edges;
    }

    /** Programs and maps as participants, what programs do with maps as messages. */
    public String sequence() {
        StringBuilder text = new StringBuilder("sequenceDiagram\nbox eBPF Programs\n");
        programs.keySet().forEach(name -> participant(text, name));
        text.append("end\nbox eBPF Maps\n");
        Set<String> touched = new LinkedHashSet<>();
        programs.values().forEach(all -> all.forEach(interaction -> touched.add(interaction.map())));
        for (String map : touched) {
            if (!isPlainData(map)) {
                participant(text, map);
            }
        }
        text.append("end\n");
        programs.forEach((name, interactions) -> interactions.forEach(interaction -> text.append(name)
                .append("->>")
                .append(interaction.map())
                .append(": ")
                .append(interaction.label())
                .append('\n')));
        return text.toString();
    }

    private static void participant(StringBuilder text, String name) {
        text.append("participant ").append(name).append('\n');
    }
}

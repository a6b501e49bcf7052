// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What programs do with maps, as diagrams. Interactions that do not always happen are drawn with dots. */
public final class FlowDiagrams {
    private final Map<String, String> maps;
    private final List<ProgramFlow> programs;
    private final FlowNames names = new FlowNames();

    /**
     * @param maps types by name
     */
    public FlowDiagrams(Map<String, String> maps, List<ProgramFlow> programs) {
        this.maps = new TreeMap<>(maps);
        this.programs = List.copyOf(programs);
    }

    /** An edge: all that a program does with a map. */
    private record Edge(String map, Set<String> labels, boolean always) {}

    /** Plain variables are no interactions of interest: only what programs write, or read after others wrote it, is drawn. */
    private static boolean isDrawn(Use use) {
        boolean readOnly = use.map().startsWith(".rodata") || use.map().equals(".kconfig");
        return !readOnly && !(use.variable().isEmpty() && use.map().startsWith("."));
    }

    private static Collection<Edge> edges(ProgramFlow program) {
        Map<String, Edge> edges = new LinkedHashMap<>();
        for (Use use : program.uses()) {
            if (isDrawn(use)) {
                Edge before = edges.getOrDefault(use.target(), new Edge(use.target(), Set.of(), false));
                Set<String> labels = new LinkedHashSet<>(before.labels);
                labels.add(use.label());
                edges.put(use.target(), new Edge(use.target(), labels, before.always || use.always()));
            }
        }
        return edges.values();
    }

    private Set<String> nodes() {
        Set<String> nodes = new LinkedHashSet<>(maps.keySet());
        nodes.removeIf(name -> name.startsWith("."));
        for (ProgramFlow program : programs) {
            edges(program).forEach(edge -> nodes.add(edge.map));
        }
        return nodes;
    }

    /** Mermaid: programs and maps as nodes. */
    public String flowchart() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (String map : nodes()) {
            text.append(map(map)).append("[(\"").append(FlowNames.mermaid(map)).append("\")]\n");
        }
        for (ProgramFlow program : programs) {
            String id = program(program);
            text.append(id)
                    .append("[\"")
                    .append(FlowNames.mermaid(program.name()))
                    .append("\"]\n");
            for (Edge edge : edges(program)) {
                String label = FlowNames.mermaid(String.join("+", edge.labels));
                text.append(id)
                        .append(edge.always ? " -- \"" : " -. \"")
                        .append(label)
                        .append(edge.always ? "\" --> " : "\" .-> ")
                        .append(map(edge.map))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private String map(String name) {
        return names.identifier("m_", name);
    }

    private String program(ProgramFlow program) {
        return names.identifier("p_", program.name());
    }

    /** Graphviz: the same. */
    public String dot() {
        StringBuilder text = new StringBuilder("digraph gadget {\n  rankdir=LR;\n");
        for (String map : nodes()) {
            text.append("  ")
                    .append(map(map))
                    .append(" [shape=cylinder, label=")
                    .append(FlowNames.dot(map))
                    .append("];\n");
        }
        for (ProgramFlow program : programs) {
            text.append("  ")
                    .append(program(program))
                    .append(" [shape=box, label=")
                    .append(FlowNames.dot(program.name()))
                    .append("];\n");
            for (Edge edge : edges(program)) {
                text.append("  ")
                        .append(program(program))
                        .append(" -> ")
                        .append(map(edge.map))
                        .append(" [label=")
                        .append(FlowNames.dot(String.join("+", edge.labels)))
                        .append(edge.always ? "" : ", style=dashed")
                        .append("];\n");
            }
        }
        return text.append("}\n").toString();
    }

    /** Mermaid: interactions in order of instruction, with blocks for choices and repetitions. */
    public String sequence() {
        StringBuilder text = new StringBuilder("sequenceDiagram\nbox eBPF Programs\n");
        for (ProgramFlow program : programs) {
            participant(text, program(program), program.name());
        }
        text.append("end\nbox eBPF Maps\n");
        Set<String> touched = new LinkedHashSet<>();
        programs.forEach(program -> edges(program).forEach(edge -> touched.add(edge.map)));
        touched.forEach(name -> participant(text, map(name), name));
        text.append("end\n");
        for (ProgramFlow program : programs) {
            new SequenceBody(text, program(program)).write(program);
        }
        return text.toString();
    }

    private static void participant(StringBuilder text, String id, String name) {
        text.append("participant ")
                .append(id)
                .append(" as ")
                .append(FlowNames.mermaid(name))
                .append('\n');
    }

    /** The messages of one program. */
    private final class SequenceBody {
        private final StringBuilder text;
        private final String program;
        private final List<Use.Nest> open = new ArrayList<>();
        /** Messages since the innermost block was opened. */
        private final List<Set<String>> said = new ArrayList<>(List.of(new HashSet<>()));

        SequenceBody(StringBuilder text, String program) {
            this.text = text;
            this.program = program;
        }

        void write(ProgramFlow flow) {
            for (Use use : flow.uses()) {
                String message = program + "->>" + map(use.target()) + ": " + FlowNames.mermaid(use.label());
                if (isDrawn(use) && !isSaid(message, common(use.path()))) {
                    enter(use.path());
                    said.getLast().add(message);
                    line(message);
                }
            }
            enter(List.of());
        }

        /** Closes blocks that a use is not in, and opens those that it is in. */
        private void enter(List<Use.Nest> path) {
            int common = common(path);
            boolean otherSide =
                    common < open.size() && common < path.size() && isOtherSide(open.get(common), path.get(common));
            while (open.size() > common + (otherSide ? 1 : 0)) {
                open.removeLast();
                said.removeLast();
                line("end");
            }
            if (otherSide) {
                open.set(common, path.get(common));
                said.set(said.size() - 1, new HashSet<>());
                line("else");
                common++;
            }
            for (Use.Nest nest : path.subList(common, path.size())) {
                open.add(nest);
                said.add(new HashSet<>());
                String kind = nest.kind() == Use.Kind.LOOP ? "loop" : "alt";
                line(kind + " " + FlowNames.mermaid(nest.title()));
            }
        }

        private static boolean isOtherSide(Use.Nest one, Use.Nest other) {
            return one.kind() == Use.Kind.CHOICE
                    && other.kind() == Use.Kind.CHOICE
                    && one.slot() == other.slot()
                    && one.side() != other.side();
        }

        private void line(String line) {
            text.append(line).append('\n');
        }

        /** Whether a block that stays open has the message already. */
        private boolean isSaid(String message, int levels) {
            return said.subList(0, levels + 1).stream().anyMatch(messages -> messages.contains(message));
        }

        /** How many of the open blocks a use is in. */
        private int common(List<Use.Nest> path) {
            int common = 0;
            while (common < open.size()
                    && common < path.size()
                    && open.get(common).equals(path.get(common))) {
                common++;
            }
            return common;
        }
    }
}

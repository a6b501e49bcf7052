// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.flow;

import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.object.SourceLine;
import dev.jig.inspect.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What programs do, as a tree for JSON. */
public final class FlowTree {
    private FlowTree() {}

    /** An object for each program. */
    public static List<Object> of(List<ProgramFlow> programs) {
        List<Object> trees = new ArrayList<>();
        for (ProgramFlow program : programs) {
            trees.add(of(program));
        }
        return trees;
    }

    private static Map<String, Object> of(ProgramFlow program) {
        Map<Use.Condition, Integer> conditions = new LinkedHashMap<>();
        List<Object> uses = new ArrayList<>();
        program.uses().forEach(use -> uses.add(of(use, conditions)));
        List<Object> helpers = new ArrayList<>();
        program.helpers()
                .keySet()
                .forEach(number -> helpers.add(Helper.name(number).orElse("helper " + number)));
        return Members.of(
                "name",
                program.name(),
                "section",
                program.program().section().text(),
                "type",
                program.program().section().type().title(),
                "instructions",
                (long) program.instructions(),
                "unreachable",
                (long) program.instructions() - program.reachable(),
                "stackAtMost",
                (long) program.stack(),
                "unknownMaps",
                (long) program.unknown(),
                "returns",
                returns(program),
                "helpers",
                helpers,
                "kernelFunctions",
                List.copyOf(program.kernelFunctions().keySet()),
                "conditions",
                conditionTrees(conditions.keySet()),
                "interactions",
                uses);
    }

    private static Object returns(ProgramFlow program) {
        if (!program.resultKnown()) {
            return "any number";
        }
        List<Object> results = new ArrayList<>(program.results());
        if (program.passesContext()) {
            results.add("what it was given");
        }
        return results;
    }

    private static List<Object> conditionTrees(Set<Use.Condition> conditions) {
        List<Object> trees = new ArrayList<>();
        for (Use.Condition condition : conditions) {
            Map<String, Object> tree = Members.of("on", condition.on());
            addLine(tree, condition.line());
            trees.add(tree);
        }
        return trees;
    }

    /**
     * An interaction, with the places of its conditions in the program's list: many have the same.
     *
     * @param conditions with their places; new ones are added
     */
    private static Map<String, Object> of(Use use, Map<Use.Condition, Integer> conditions) {
        List<Object> places = new ArrayList<>();
        for (Use.Condition condition : use.conditions()) {
            places.add((long) conditions.computeIfAbsent(condition, none -> conditions.size()));
        }
        Map<String, Object> tree = Members.of("map", use.map());
        use.variable().ifPresent(variable -> tree.put("variable", variable));
        tree.put("does", use.label());
        tree.put("function", use.function());
        tree.put("instruction", (long) use.slot());
        addLine(tree, use.line());
        tree.put("when", use.always() ? "always" : "conditional");
        if (!places.isEmpty()) {
            tree.put("conditions", places);
        }
        return tree;
    }

    private static void addLine(Map<String, Object> tree, Optional<SourceLine> line) {
        line.ifPresent(found -> {
            tree.put("file", found.file());
            tree.put("line", (long) found.line());
            if (!found.text().isBlank()) {
                tree.put("text", found.text().strip());
            }
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.service.RemoteInstances;
import dev.jig.service.RemoteRuntime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code gadgetctl delete NAME_OR_ID...}: removes instances, and prints the ids of those that are gone. */
final class DeleteCommand extends RemoteCommand {
    DeleteCommand(Console console, Environment environment) {
        super(console, environment, "gadgetctl delete NAME_OR_ID...", List.of());
    }

    @Override
    public String name() {
        return "delete";
    }

    @Override
    public List<String> aliases() {
        return List.of("d", "del", "remove", "rm");
    }

    @Override
    public String summary() {
        return "Remove gadget instances";
    }

    @Override
    int run(FlagSet.Parsed parsed, RemoteRuntime remote) {
        if (parsed.positionals().isEmpty()) {
            throw new CliException("requires at least 1 arg(s), only received 0");
        }
        RemoteInstances.Answers answers = remote.instances().list();
        List<String> problems = new ArrayList<>(answers.problems());
        ResolvedInstances instances = new ResolvedInstances(answers.instances());
        for (String id : ids(parsed.positionals(), instances, problems)) {
            List<String> nodes = instances.onNodes(id).stream()
                    .map(RemoteInstances.OnNode::node)
                    .toList();
            List<String> failures = remote.instances().remove(id, nodes);
            if (failures.isEmpty()) {
                console().println(id);
            }
            failures.forEach(failure -> problems.add("failed to remove gadget instance \"" + id + "\": " + failure));
        }
        problems.forEach(console()::note);
        return problems.isEmpty() ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    private static Set<String> ids(List<String> words, ResolvedInstances instances, List<String> problems) {
        Set<String> ids = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        List<String> ambiguous = new ArrayList<>();
        for (String word : words) {
            List<String> found = instances.ids(word);
            switch (found.size()) {
                case 0 -> unknown.add(word);
                case 1 -> ids.add(found.getFirst());
                default -> ambiguous.add(word);
            }
        }
        if (!unknown.isEmpty()) {
            problems.add("not found names/ids: " + String.join(", ", unknown));
        }
        if (!ambiguous.isEmpty()) {
            problems.add("ambiguous names/ids: " + String.join(", ", ambiguous));
        }
        return ids;
    }
}

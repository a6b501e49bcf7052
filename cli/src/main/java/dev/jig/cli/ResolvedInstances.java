// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.service.RemoteInstances;
import dev.jig.wire.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Instances of all daemons by their ids, and what users' words stand for. */
final class ResolvedInstances {
    private final Map<String, List<RemoteInstances.OnNode>> byId = new TreeMap<>();

    ResolvedInstances(List<RemoteInstances.OnNode> instances) {
        for (RemoteInstances.OnNode found : instances) {
            byId.computeIfAbsent(found.instance().getId(), ignored -> new ArrayList<>())
                    .add(found);
        }
        byId.values().forEach(nodes -> nodes.sort(Comparator.comparing(RemoteInstances.OnNode::node)));
    }

    /** Ids that a word may stand for: a whole id stands for itself alone, else it is a name or the beginning of ids. */
    List<String> ids(String word) {
        if (byId.containsKey(word)) {
            return List.of(word);
        }
        List<String> ids = new ArrayList<>();
        for (String id : byId.keySet()) {
            boolean named = onNodes(id).stream()
                    .anyMatch(found -> found.instance().getName().equals(word));
            if (named || (!word.isEmpty() && id.startsWith(word))) {
                ids.add(id);
            }
        }
        return ids;
    }

    /**
     * The instance that a word stands for.
     *
     * @param unknown what is said when there is none
     * @param ambiguous what is said when there are several
     */
    String require(String word, String unknown, String ambiguous) {
        List<String> ids = ids(word);
        if (ids.isEmpty()) {
            throw new CliException(unknown);
        }
        if (ids.size() > 1) {
            throw new CliException(ambiguous);
        }
        return ids.getFirst();
    }

    /** Where an instance is. */
    List<RemoteInstances.OnNode> onNodes(String id) {
        return byId.getOrDefault(id, List.of());
    }

    /** One of each id: one that does not run, if there is any. */
    Collection<Api.GadgetInstance> merged() {
        List<Api.GadgetInstance> merged = new ArrayList<>();
        for (List<RemoteInstances.OnNode> nodes : byId.values()) {
            Api.GadgetInstance chosen = nodes.getFirst().instance();
            for (RemoteInstances.OnNode found : nodes) {
                if (found.instance().getState().getStatus() != Api.GadgetInstanceStatus.StatusRunning) {
                    chosen = found.instance();
                }
            }
            merged.add(chosen);
        }
        return merged;
    }

    /** The word for an instance's state. */
    static String status(Api.GadgetInstance instance) {
        return switch (instance.getState().getStatus()) {
            case StatusRunning -> instance.getState().getMessage().equals("finished") ? "Finished" : "Running";
            case StatusError -> "Error";
            default -> "Unknown";
        };
    }
}

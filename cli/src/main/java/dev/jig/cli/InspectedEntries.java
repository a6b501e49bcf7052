// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.inspect.Entry;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What inspection found out of an image, here or on a daemon, as it is printed. */
final class InspectedEntries {
    private InspectedEntries() {}

    /** Everything, as a tree. */
    static Object all(Map<String, Entry> entries) {
        Map<String, Object> tree = new TreeMap<>();
        entries.forEach((key, entry) ->
                tree.put(key, new TreeMap<>(Map.of("content", entry.content(), "contentType", entry.contentType()))));
        return tree;
    }

    /**
     * One thing, as a tree if it is one.
     *
     * @throws CliException when it was not found out
     */
    static Object one(Optional<Entry> found, String key) {
        Entry entry = found.orElseThrow(() -> new CliException("extra info \"" + key + "\" not found"));
        return switch (entry.contentType()) {
            case Entry.JSON -> JsonTree.sorted(entry.content(), key);
            case Entry.YAML -> JsonTree.sortedYaml(entry.content(), key);
            default -> entry.content();
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.object.MapSpec;
import java.util.Optional;

/** Compares what an object declares a map to be with a map that there is. */
final class MapDifference {
    private MapDifference() {}

    /** In what they differ, in words; nothing when one can stand in for the other. */
    static Optional<String> between(MapSpec declared, MapDefinition actual) {
        StringBuilder text = new StringBuilder();
        compare(text, "type", declared.type(), actual.type());
        compare(text, "key size", MapCreator.keySize(declared), actual.keySize());
        compare(text, "value size", MapCreator.valueSize(declared), actual.valueSize());
        compare(text, "max_entries", MapCreator.maxEntries(declared), actual.maxEntries());
        compare(text, "flags", declared.flags(), actual.flags());
        return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }

    private static void compare(StringBuilder text, String what, int declared, int actual) {
        if (declared != actual) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append("it has ")
                    .append(what)
                    .append(" ")
                    .append(actual);
            text.append(", the object declares ").append(declared);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.VariableValues;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes maps that nobody will use small. A program keeps its maps even where the branch that uses them is dead, and a
 * stack map of ten thousand entries costs ten megabytes.
 */
final class StackMaps {
    private static final String USER_STACKS = "ig_ustack";
    private static final String BUILD_IDS = "ig_build_id";
    private static final String SIZE_SUFFIX = "_max_entries";

    private StackMaps() {}

    static void adjust(ObjectFile object, ObjectLoader loader) {
        VariableValues variables = loader.variables();
        for (MapSpec map : object.maps()) {
            if (object.variable(map.name() + SIZE_SUFFIX)
                    .filter(size -> size.size() == Integer.BYTES)
                    .isPresent()) {
                int entries = ByteBuffer.wrap(variables.get(map.name() + SIZE_SUFFIX))
                        .order(ByteOrder.nativeOrder())
                        .getInt();
                loader.adjustMap(map.name(), spec -> spec.withMaxEntries(entries));
            }
        }
        boolean stacks = isOn(object, variables, "collect_ustack");
        if (!stacks && has(object, USER_STACKS, MapType.STACK_TRACE)) {
            loader.adjustMap(USER_STACKS, spec -> spec.withMaxEntries(1));
        }
        if (!(stacks && isOn(object, variables, "collect_build_id")) && has(object, BUILD_IDS, MapType.HASH)) {
            loader.adjustMap(BUILD_IDS, spec -> spec.withMaxEntries(1));
        }
    }

    private static boolean has(ObjectFile object, String map, int type) {
        return object.variable("collect_ustack").isPresent()
                && object.map(map).filter(spec -> spec.type() == type).isPresent();
    }

    private static boolean isOn(ObjectFile object, VariableValues variables, String name) {
        return object.variable(name).isPresent() && variables.get(name)[0] == 1;
    }
}

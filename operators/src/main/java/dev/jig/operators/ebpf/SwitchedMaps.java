// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.VariableValues;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/**
 * Sizes of maps that depend on variables. A program keeps its maps even where the branch that uses them is dead, and a stack map of ten thousand entries costs
 * ten megabytes: what is switched off gets a map of one element that nobody else sees.
 */
final class SwitchedMaps {
    private static final String SIZE_SUFFIX = "_max_entries";

    /** Maps of the gadget headers, and the variables that all must be true for programs to use them. */
    private static final List<Switch> SWITCHES = List.of(
            new Switch(Set.of("ig_kstack"), List.of("collect_kstack")),
            new Switch(Set.of("ig_ustack"), List.of("collect_ustack")),
            new Switch(Set.of("ig_build_id"), List.of("collect_ustack", "collect_build_id")),
            new Switch(Set.of("gpu_meta", "gpu_device", "gpu_per_pid"), List.of("gpu_idle_only")));

    private record Switch(Set<String> maps, List<String> variables) {}

    private SwitchedMaps() {}

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
            for (Switch candidate : SWITCHES) {
                if (candidate.maps.contains(map.name()) && isOff(object, variables, candidate)) {
                    loader.adjustMap(map.name(), spec -> spec.withMaxEntries(1).withoutPinning());
                }
            }
        }
    }

    private static boolean isOff(ObjectFile object, VariableValues variables, Switch candidate) {
        for (String name : candidate.variables) {
            if (object.variable(name).isPresent() && variables.get(name)[0] == 0) {
                return true;
            }
        }
        return false;
    }
}

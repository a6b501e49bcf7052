// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.MapSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;

/** Puts the maps and programs that an object names into its maps of maps and program arrays. */
final class SlotFiller {
    private final LoadedObject loaded;

    SlotFiller(LoadedObject loaded) {
        this.loaded = loaded;
    }

    void fillAll(Collection<MapSpec> specs) {
        for (MapSpec spec : specs) {
            for (MapSpec.Slot slot : spec.slots()) {
                BpfMap map = loaded.requireMap(spec.name());
                map.update(bytes(slot.index()), bytes(descriptor(spec, slot)), BpfMap.ANY);
            }
        }
    }

    private int descriptor(MapSpec spec, MapSpec.Slot slot) {
        if (MapType.isMapInMap(spec.type())) {
            return loaded.requireMap(slot.name()).descriptor().number();
        }
        return loaded.program(slot.name())
                .orElseThrow(() -> new BpfException(
                        "program \"" + slot.name() + "\", which map \"" + spec.name() + "\" names, was not loaded"))
                .program()
                .descriptor()
                .number();
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }
}

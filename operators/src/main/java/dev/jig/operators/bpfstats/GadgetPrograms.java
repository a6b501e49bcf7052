// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.inventory.MapInventory;
import dev.jig.bpf.inventory.ProgramInventory;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.gadget.GadgetIdentity;
import dev.jig.operators.LoadedGadget;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a gadget has in the kernel.
 *
 * @param image as it was asked for, with a tag
 * @param programs ids
 * @param maps ids
 * @param perfBuffers bytes of the perf buffers behind a map, by its id
 */
record GadgetPrograms(
        GadgetIdentity identity,
        String image,
        Set<Integer> programs,
        Set<Integer> maps,
        Map<Integer, Long> perfBuffers) {
    static final GadgetPrograms NONE = new GadgetPrograms(GadgetIdentity.NONE, "", Set.of(), Set.of(), Map.of());

    static GadgetPrograms of(GadgetIdentity identity, String image, LoadedGadget loaded) {
        LoadedObject object = loaded.object();
        Set<Integer> programs = new TreeSet<>();
        for (LoadedObject.Program program : object.programs()) {
            programs.add(ProgramInventory.facts(program.program().descriptor()).id());
        }
        Set<Integer> maps = new TreeSet<>();
        Map<Integer, Long> perfBuffers = new HashMap<>();
        object.maps().forEach((name, map) -> {
            int id = MapInventory.id(map.descriptor());
            maps.add(id);
            Long bytes = loaded.perfBuffers().get(name);
            if (bytes != null) {
                perfBuffers.put(id, bytes);
            }
        });
        return new GadgetPrograms(identity, tagged(image), programs, maps, perfBuffers);
    }

    /** Images that were named without a tag are the latest ones. */
    private static String tagged(String image) {
        int name = image.lastIndexOf('/') + 1;
        return image.indexOf('@') >= 0 || image.indexOf(':', name) >= 0 ? image : image + ":latest";
    }
}

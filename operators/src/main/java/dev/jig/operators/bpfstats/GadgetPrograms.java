// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.inventory.MapInventory;
import dev.jig.bpf.inventory.ProgramInventory;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.gadget.GadgetIdentity;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a gadget has in the kernel.
 *
 * @param image as it was asked for, with a tag
 * @param programs ids
 * @param maps ids
 */
record GadgetPrograms(GadgetIdentity identity, String image, Set<Integer> programs, Set<Integer> maps) {
    static final GadgetPrograms NONE = new GadgetPrograms(GadgetIdentity.NONE, "", Set.of(), Set.of());

    static GadgetPrograms of(GadgetIdentity identity, String image, LoadedObject object) {
        Set<Integer> programs = new TreeSet<>();
        for (LoadedObject.Program program : object.programs()) {
            programs.add(ProgramInventory.facts(program.program().descriptor()).id());
        }
        Set<Integer> maps = new TreeSet<>();
        object.maps().values().forEach(map -> maps.add(MapInventory.id(map.descriptor())));
        return new GadgetPrograms(identity, tagged(image), programs, maps);
    }

    /** Images that were named without a tag are the latest ones. */
    private static String tagged(String image) {
        int name = image.lastIndexOf('/') + 1;
        return image.indexOf('@') >= 0 || image.indexOf(':', name) >= 0 ? image : image + ":latest";
    }
}

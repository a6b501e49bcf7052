// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.image.ImageStore;
import dev.jig.runtime.Locations;
import java.util.ArrayList;
import java.util.List;

/** The gadgets of the user's store and of the program. */
final class GadgetNames {
    private GadgetNames() {}

    /** Their names, as short as they may be typed, sorted. */
    static List<String> in(Locations locations) {
        List<ImageStore> stores = locations.home().isEmpty()
                ? List.of(locations.images())
                : List.of(locations.builtIn(), locations.images());
        List<String> names = new ArrayList<>();
        for (ImageStore store : stores) {
            for (ImageStore.Listed listed : store.list()) {
                String tag = listed.name().tag().equals("latest")
                        ? ""
                        : ":" + listed.name().tag();
                String name = listed.name().shortRepository() + tag;
                if (!names.contains(name)) {
                    names.add(name);
                }
            }
        }
        names.sort(null);
        return names;
    }
}

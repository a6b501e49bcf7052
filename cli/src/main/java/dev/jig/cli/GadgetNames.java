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
        return locations.home().isEmpty()
                ? of(List.of(locations.images()))
                : of(List.of(locations.builtIn(), locations.images()));
    }

    /** The names of those that travel with the program. */
    static List<String> builtIn(Locations locations) {
        return of(List.of(locations.builtIn()));
    }

    private static List<String> of(List<ImageStore> stores) {
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

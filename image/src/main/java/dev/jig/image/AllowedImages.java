// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.util.ArrayList;
import java.util.List;

/** Which images may be run: full names with tags, names with digests, or beginnings of names that end in a star. */
final class AllowedImages {
    private final List<String> entries = new ArrayList<>();

    /**
     * @param list separated by commas; empty for all
     */
    AllowedImages(String list) {
        for (String entry : list.split(",", -1)) {
            if (!entry.isBlank()) {
                entries.add(entry.strip());
            }
        }
    }

    /**
     * Refuses an image that is not among them.
     *
     * @param typed its name as the user wrote it
     * @throws ImageException naming those that are allowed
     */
    void require(GadgetImage image, String typed) {
        if (!entries.isEmpty() && entries.stream().noneMatch(entry -> matches(entry, image))) {
            throw new ImageException(typed + " is not part of allowed gadgets: " + String.join(", ", entries));
        }
    }

    private static boolean matches(String entry, GadgetImage image) {
        String name = image.name().toString();
        if (entry.endsWith("*")) {
            return name.startsWith(entry.substring(0, entry.length() - 1));
        }
        return entry.equals(name) || entry.equals(image.name().repository() + "@" + image.digest());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import dev.jig.image.GadgetImage;
import java.util.Map;
import java.util.function.Supplier;

/** What the image itself says, apart from its layers. */
record ImageFacts(GadgetImage image, String typed) {
    void addTo(Map<String, Supplier<Entry>> entries) {
        int colon = typed.lastIndexOf(':');
        boolean tagged = colon > typed.lastIndexOf('/');
        entries.put("oci.manifest", () -> Entry.json(image.manifest().tree()));
        entries.put("oci.metadata", () -> new Entry(image.metadata(), Entry.YAML));
        entries.put("oci.repository", () -> Entry.text(tagged ? typed.substring(0, colon) : typed));
        entries.put("oci.tag", () -> Entry.text(tagged ? typed.substring(colon + 1) : "latest"));
        entries.put("oci.digest", () -> Entry.text(image.manifest().config().digest()));
        entries.put(
                "oci.created",
                () -> Entry.text(image.manifest().annotations().getOrDefault("org.opencontainers.image.created", "")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A manifest about another one (OCI image specification 1.1, "manifest with a subject").
 *
 * @param subject what it is about
 * @param type of the content
 * @param content what is said
 */
record Referrer(Descriptor subject, String type, Descriptor config, Descriptor content) {
    /** Annotations by which tables of contents tell referrers without reading them. */
    static final String SUBJECT = "dev.jig.referrer.subject";

    static final String TYPE = "dev.jig.referrer.type";

    static boolean isAbout(Descriptor entry, String digest) {
        return digest.equals(entry.annotations().get(SUBJECT));
    }

    static boolean isAbout(Descriptor entry, String digest, String type) {
        return isAbout(entry, digest) && type.equals(entry.annotations().get(TYPE));
    }

    byte[] write() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schemaVersion", 2L);
        tree.put("mediaType", MediaType.MANIFEST);
        tree.put("artifactType", type);
        tree.put("config", config.tree());
        tree.put("layers", List.of(content.tree()));
        tree.put(
                "subject",
                new Descriptor(subject.mediaType(), subject.digest(), subject.size(), Map.of(), "", "", "").tree());
        return Json.write(tree);
    }
}

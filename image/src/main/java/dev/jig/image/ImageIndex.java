// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of manifests: a gadget image, or the table of contents of a layout.
 *
 * @param annotations sorted by key; a layout has none
 */
record ImageIndex(List<Descriptor> manifests, Map<String, String> annotations) {
    ImageIndex {
        manifests = List.copyOf(manifests);
    }

    static ImageIndex read(byte[] bytes, String source) {
        Map<String, Object> tree = Json.readObject(bytes, source);
        return new ImageIndex(
                Descriptor.readAll(tree.getOrDefault("manifests", Json.NULL), source),
                Descriptor.texts(tree.getOrDefault("annotations", Json.NULL)));
    }

    /** The first manifest for an architecture; entries without platform are passed over. */
    Optional<Descriptor> forArchitecture(String architecture) {
        return manifests.stream()
                .filter(manifest -> manifest.architecture().equals(architecture))
                .findFirst();
    }

    byte[] write() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schemaVersion", 2L);
        tree.put("mediaType", MediaType.INDEX);
        tree.put("manifests", manifests.stream().map(Descriptor::tree).toList());
        if (!annotations.isEmpty()) {
            tree.put("annotations", annotations);
        }
        return Json.write(tree);
    }
}

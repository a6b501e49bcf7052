// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a gadget image holds for one architecture.
 *
 * @param config the metadata
 * @param layers programs and modules
 * @param annotations sorted by key
 */
public record Manifest(Descriptor config, List<Descriptor> layers, Map<String, String> annotations) {
    public Manifest {
        layers = List.copyOf(layers);
    }

    /**
     * Reads a manifest.
     *
     * @throws ImageException when it is malformed
     */
    static Manifest read(byte[] bytes, String source) {
        Map<String, Object> tree = Json.readObject(bytes, source);
        Object config = tree.getOrDefault("config", Json.NULL);
        return new Manifest(
                Descriptor.read(config, source),
                Descriptor.readAll(tree.getOrDefault("layers", Json.NULL), source),
                Descriptor.texts(tree.getOrDefault("annotations", Json.NULL)));
    }

    byte[] write() {
        return Json.write(tree());
    }

    /** The members in the order in which upstream's images have them. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schemaVersion", 2L);
        tree.put("artifactType", MediaType.GADGET);
        tree.put("config", config.tree());
        tree.put("layers", layers.stream().map(Descriptor::tree).toList());
        tree.put("annotations", annotations);
        return tree;
    }
}

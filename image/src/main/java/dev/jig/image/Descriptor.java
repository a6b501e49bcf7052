// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reference to content, as the OCI image specification writes it.
 *
 * @param mediaType what the content is
 * @param digest the content's digest
 * @param size bytes
 * @param annotations sorted by key
 * @param data the content itself in base64, or empty
 * @param architecture of the platform, in OCI names; empty when the descriptor has none
 * @param os of the platform; empty when the descriptor has none
 */
public record Descriptor(
        String mediaType,
        String digest,
        long size,
        Map<String, String> annotations,
        String data,
        String architecture,
        String os) {
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    public Descriptor {
        annotations = new TreeMap<>(annotations);
    }

    /** A descriptor of some bytes. */
    public static Descriptor of(String mediaType, byte[] content) {
        return new Descriptor(mediaType, Digest.of(content), content.length, Map.of(), "", "", "");
    }

    Descriptor withAnnotations(Map<String, String> newAnnotations) {
        return new Descriptor(mediaType, digest, size, newAnnotations, data, architecture, os);
    }

    Descriptor withData(String base64) {
        return new Descriptor(mediaType, digest, size, annotations, base64, architecture, os);
    }

    Descriptor withArchitecture(String name) {
        return new Descriptor(mediaType, digest, size, annotations, data, name, "linux");
    }

    /** The tag under which a layout lists this descriptor; empty when it has none. */
    String refName() {
        return annotations.getOrDefault(REF_NAME, "");
    }

    Descriptor withRefName(String name) {
        Map<String, String> changed = new TreeMap<>(annotations);
        if (name.isEmpty()) {
            changed.remove(REF_NAME);
        } else {
            changed.put(REF_NAME, name);
        }
        return withAnnotations(changed);
    }

    /**
     * Reads a descriptor.
     *
     * @param source where it stands, for messages
     * @throws ImageException when a part is missing or of the wrong type
     */
    static Descriptor read(Object tree, String source) {
        if (!(tree instanceof Map<?, ?> map)) {
            throw new ImageException(source + ": a descriptor is not an object");
        }
        String digest = text(map, "digest", source);
        Digest.hex(digest);
        if (!(map.get("size") instanceof Long size) || size < 0) {
            throw new ImageException(source + ": the size of " + digest + " is not a number");
        }
        Map<?, ?> platform = map.get("platform") instanceof Map<?, ?> given ? given : Map.of();
        return new Descriptor(
                text(map, "mediaType", source),
                digest,
                size,
                map.get("annotations") instanceof Map<?, ?> found ? texts(found) : Map.of(),
                optionalText(map, "data"),
                optionalText(platform, "architecture"),
                optionalText(platform, "os"));
    }

    static List<Descriptor> readAll(Object tree, String source) {
        if (tree.equals(Json.NULL)) {
            return List.of();
        }
        if (!(tree instanceof List<?> list)) {
            throw new ImageException(source + ": descriptors are not a list");
        }
        return list.stream().map(element -> read(element, source)).toList();
    }

    private static String text(Map<?, ?> map, String member, String source) {
        if (map.get(member) instanceof String text) {
            return text;
        }
        throw new ImageException(source + ": member \"" + member + "\" of a descriptor is not a text");
    }

    private static String optionalText(Map<?, ?> map, String member) {
        return map.get(member) instanceof String text ? text : "";
    }

    static Map<String, String> texts(Object tree) {
        Map<String, String> result = new TreeMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> result.put(key.toString(), value instanceof String text ? text : ""));
        }
        return result;
    }

    /** The members in the order in which upstream's images have them. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("mediaType", mediaType);
        tree.put("digest", digest);
        tree.put("size", size);
        if (!annotations.isEmpty()) {
            tree.put("annotations", annotations);
        }
        if (!data.isEmpty()) {
            tree.put("data", data);
        }
        if (!architecture.isEmpty()) {
            Map<String, Object> platform = new LinkedHashMap<>();
            platform.put("architecture", architecture);
            platform.put("os", os);
            tree.put("platform", platform);
        }
        return tree;
    }
}

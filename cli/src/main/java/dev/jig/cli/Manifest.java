// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static java.util.Objects.requireNonNull;

import dev.jig.service.InstanceNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A gadget to run, as a file describes it.
 *
 * @param id empty for any
 * @param name empty for any
 * @param params values by fully qualified names
 */
record Manifest(
        String image, String id, String name, List<String> tags, List<String> nodes, Map<String, String> params) {
    private static final String KIND = "instance-spec";
    private static final int LARGEST = 4 << 20;

    /**
     * Reads the documents of a file.
     *
     * @param file a path, or {@code -} for standard input
     * @throws CliException when the file cannot be read, or is no manifest
     */
    static List<Manifest> read(String file) {
        String text;
        try {
            byte[] bytes = file.equals("-") ? System.in.readNBytes(LARGEST + 1) : Files.readAllBytes(Path.of(file));
            if (bytes.length > LARGEST) {
                throw new CliException(
                        "reading gadget runtime manifest file " + file + ": it is larger than " + LARGEST + " bytes");
            }
            text = new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new CliException(
                    "opening gadget runtime manifest file " + FileValue.cause(Path.of(file), unreadable));
        }
        try {
            return parse(text);
        } catch (CliException wrong) {
            throw new CliException("reading gadget runtime manifest file " + file + ": " + wrong.getMessage());
        }
    }

    /**
     * Reads documents; empty ones are passed over.
     *
     * @throws CliException naming the entry, counted from one on
     */
    static List<Manifest> parse(String text) {
        List<Manifest> manifests = new ArrayList<>();
        int entry = 1;
        try {
            for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
                if (document != null) {
                    manifests.add(of(document, entry++));
                }
            }
        } catch (YamlEngineException malformed) {
            throw new CliException("parsing gadget spec (entry " + entry + "): yaml: " + malformed.getMessage());
        }
        if (manifests.isEmpty()) {
            throw new CliException("it describes no gadget");
        }
        return manifests;
    }

    private static Manifest of(Object document, int entry) {
        if (!(document instanceof Map<?, ?> tree)) {
            throw new CliException("parsing gadget spec (entry " + entry + "): yaml: it is no map");
        }
        String kind = text(tree, "kind");
        check(
                kind.equals(KIND),
                "expected kind \"" + KIND + "\" for entry " + entry + " in manifest, got kind \"" + kind + "\"");
        String version = text(tree, "apiVersion");
        check(
                version.equals("1"),
                "expected apiVersion 1 for entry " + entry + " in manifest, got apiVersion "
                        + (version.isEmpty() ? "0" : version));
        String id = text(tree, "id");
        check(id.isEmpty() || InstanceNames.isId(id), "invalid instance id \"" + id + "\" in entry " + entry);
        String name = text(tree, "name");
        check(name.isEmpty() || InstanceNames.isName(name), "invalid instance name \"" + name + "\" in entry " + entry);
        String image = text(tree, "image");
        check(!image.isEmpty(), "no image specified in entry " + entry);
        List<String> tags = texts(tree, "tags", entry);
        for (String tag : tags) {
            check(!tag.contains(","), "invalid character \",\" in tag \"" + tag + "\" of entry " + entry);
        }
        return new Manifest(image, id, name, tags, texts(tree, "nodes", entry), params(tree, entry));
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new CliException(message);
        }
    }

    private static String text(Map<?, ?> tree, String key) {
        Object value = tree.get(key);
        return value == null ? "" : value.toString();
    }

    private static List<String> texts(Map<?, ?> tree, String key, int entry) {
        List<String> texts = new ArrayList<>();
        Object value = tree.get(key);
        if (value instanceof List<?> list) {
            list.forEach(element -> texts.add(String.valueOf(element)));
        } else {
            check(value == null, "\"" + key + "\" of entry " + entry + " is no list");
        }
        return texts;
    }

    private static Map<String, String> params(Map<?, ?> tree, int entry) {
        Map<String, String> params = new LinkedHashMap<>();
        Object value = tree.get("paramValues");
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) ->
                    params.put(requireNonNull(key, "key is null").toString(), member == null ? "" : member.toString()));
        } else {
            check(value == null, "\"paramValues\" of entry " + entry + " is no map");
        }
        return params;
    }
}

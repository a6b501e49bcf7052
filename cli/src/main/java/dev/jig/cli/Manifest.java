// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static java.util.Objects.requireNonNull;

import dev.jig.gadget.Log;
import dev.jig.gadget.ParamType;
import dev.jig.service.InstanceNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
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
    /** Where manifests are. */
    static final Flag FILE = Flag.plain(
            "file", "f", ParamType.STRING, "", "Manifest of gadgets to run: a file, a URL, or - for standard input");

    private static final String KIND = "instance-spec";

    /**
     * Reads the documents of a file.
     *
     * @param file a path, a URL, or {@code -} for standard input
     * @throws CliException when the file cannot be read, or is no manifest
     */
    static List<Manifest> read(String file) {
        String text = ManifestText.read(file);
        try {
            return parse(text);
        } catch (CliException wrong) {
            throw new CliException("reading gadget runtime manifest file " + file + ": " + wrong.getMessage());
        }
    }

    /**
     * Reads a file that describes one gadget.
     *
     * @param hint how several could be run; empty for not at all
     */
    static Manifest readOne(String file, String hint) {
        List<Manifest> manifests = read(file);
        if (manifests.size() != 1) {
            throw new CliException("multiple gadget instance specs found in manifest " + file + hint);
        }
        return manifests.getFirst();
    }

    /**
     * The values for params, as flags would have them.
     *
     * @param flags for all params of the gadget
     * @param log is told of params that the gadget does not have
     * @throws CliException when a value is none of its param
     */
    Map<String, String> values(Collection<Flag> flags, Log log) {
        Map<String, Flag> byName = new LinkedHashMap<>();
        flags.forEach(flag -> byName.put(flag.param().qualifiedName(), flag));
        Map<String, String> values = new LinkedHashMap<>();
        params.forEach((name, value) -> {
            Flag flag = byName.get(name);
            if (flag == null) {
                String nearest = Nearest.find(name, byName.keySet())
                        .map(found -> " (did you mean \"" + found + "\"?)")
                        .orElse("");
                log.warn("the gadget has no param \"" + name + "\"" + nearest);
            } else {
                values.put(name, flag.accept(value));
            }
        });
        return values;
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
            throw new CliException("parsing gadget spec (entry " + entry + "): yaml: " + problem(malformed));
        }
        if (manifests.isEmpty()) {
            throw new CliException("it describes no gadget");
        }
        return manifests;
    }

    /** In one sentence, with its place. */
    private static String problem(YamlEngineException malformed) {
        if (malformed instanceof MarkedYamlEngineException marked) {
            String text = String.valueOf(marked.getProblem());
            return marked.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " + text)
                    .orElse(text);
        }
        return String.valueOf(malformed.getMessage()).replace('\n', ' ');
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

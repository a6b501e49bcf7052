// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.function.UnaryOperator;

/**
 * A tree of settings: a gadget's metadata, or a process's configuration file. Its keys do not distinguish case, unless it is read {@link
 * #parseAsWritten as written}.
 *
 * <p>A path is written with dots. A literal key may contain dots itself: at each level the longest literal key that the
 * rest of the path begins with is tried first, so {@code fields: {"proc.comm": …}} is found as {@code
 * fields.proc.comm}.
 */
public final class Configuration {
    private final Map<String, Object> root;
    private final boolean asWritten;

    private Configuration(Map<String, Object> root, boolean asWritten) {
        this.root = root;
        this.asWritten = asWritten;
    }

    /** A tree without settings. */
    public static Configuration empty() {
        return new Configuration(new LinkedHashMap<>(), false);
    }

    /**
     * Reads a YAML document.
     *
     * @param source what is read, for messages
     * @throws GadgetException with line and column when the text is not YAML or not a mapping
     */
    public static Configuration parse(String text, String source) {
        return new Configuration(new YamlReader(false).readMapping(text, source), false);
    }

    /**
     * Reads a YAML document of which keys and values stay the texts that were written: {@code 0x10} is not {@code 16}. So the builder
     * of images reads metadata.
     *
     * @throws GadgetException as {@link #parse} does
     */
    public static Configuration parseAsWritten(String text, String source) {
        return new Configuration(new YamlReader(true).readMapping(text, source), true);
    }

    /**
     * A tree that was taken from another one with {@link #tree}.
     *
     * @param tree of maps with text keys, lists, texts, numbers and booleans
     */
    public static Configuration of(Map<String, ?> tree) {
        Map<String, Object> root = new LinkedHashMap<>();
        merge(root, asMap(tree), UnaryOperator.identity());
        return new Configuration(root, false);
    }

    /** A copy of the tree: maps with text keys, lists, texts, numbers and booleans. */
    public Map<String, Object> tree() {
        return asMap(copy(root, UnaryOperator.identity()));
    }

    /** The value at a path as text; numbers and booleans are written out, {@code null} is the empty text. */
    public Optional<String> text(String path) {
        return value(path).filter(Configuration::isScalar).map(Configuration::scalarText);
    }

    /** The value at a path as a boolean: YAML booleans, numbers (not zero), and the usual words. */
    public boolean isTrue(String path) {
        Object value = value(path).orElse("");
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return isScalar(value)
                && List.of("1", "t", "true").contains(scalarText(value).toLowerCase(Locale.ROOT));
    }

    /** The value at a path as a list of texts: a YAML list, or one text split at blanks. */
    public List<String> texts(String path) {
        List<String> result = new ArrayList<>();
        Object value = value(path).orElse("");
        if (value instanceof List<?> list) {
            for (Object element : list) {
                result.add(scalarText(element));
            }
        } else if (value instanceof String words) {
            StringTokenizer tokens = new StringTokenizer(words);
            while (tokens.hasMoreTokens()) {
                result.add(tokens.nextToken());
            }
        }
        return List.copyOf(result);
    }

    /** The value at a path as one text: elements of a list have commas between them, and commas of their own escaped. */
    public Optional<String> joined(String path) {
        return value(path).filter(value -> !(value instanceof Map)).map(Configuration::joinedText);
    }

    private static String joinedText(Object value) {
        if (!(value instanceof List<?> list)) {
            return scalarText(value);
        }
        StringBuilder out = new StringBuilder();
        for (Object element : list) {
            String text = scalarText(element).replace("\\", "\\\\").replace(",", "\\,");
            out.append(out.isEmpty() ? "" : ",").append(text);
        }
        return out.toString();
    }

    /** The tree below a path; empty where there is none. */
    public Configuration below(String path) {
        return value(path)
                .filter(Map.class::isInstance)
                .map(map -> new Configuration(asMap(map), asWritten))
                .orElseGet(Configuration::empty);
    }

    /** Whether there is a value or a tree at a path. */
    public boolean has(String path) {
        return value(path).isPresent();
    }

    /** The literal keys at the top of this tree, in lower case unless read as written, and in the order of the text. */
    public List<String> keys() {
        return List.copyOf(root.keySet());
    }

    /** The entries at the top of this tree as texts; a nested tree has the empty text. */
    public Map<String, String> entries() {
        Map<String, String> result = new LinkedHashMap<>();
        root.forEach((key, value) -> result.put(key, isScalar(value) ? scalarText(value) : ""));
        return result;
    }

    /**
     * Sets a value; what is missing on the way is made.
     *
     * @param keys literal keys, outermost first
     */
    public void set(List<String> keys, String value) {
        Map<String, Object> map = root;
        for (String key : keys.subList(0, keys.size() - 1)) {
            Object next = map.get(keyText(key));
            if (!(next instanceof Map)) {
                next = new LinkedHashMap<String, Object>();
                map.put(keyText(key), next);
            }
            map = asMap(next);
        }
        map.put(keyText(keys.getLast()), value);
    }

    /**
     * Lays another tree over this one: trees are merged, anything else is replaced.
     *
     * @param texts what is made of the texts of the other one
     */
    public void merge(Configuration over, UnaryOperator<String> texts) {
        merge(root, over.root, texts);
    }

    private static void merge(Map<String, Object> under, Map<String, Object> over, UnaryOperator<String> texts) {
        over.forEach((key, value) -> {
            if (value instanceof Map && under.get(key) instanceof Map<?, ?> below) {
                merge(asMap(below), asMap(value), texts);
            } else {
                under.put(key, copy(value, texts));
            }
        });
    }

    private static Object copy(Object value, UnaryOperator<String> texts) {
        if (value instanceof Map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            merge(copy, asMap(value), texts);
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(copy(element, texts)));
            return copy;
        }
        return value instanceof String text ? texts.apply(text) : value;
    }

    private Optional<Object> value(String path) {
        return path.isEmpty() ? Optional.of(root) : find(root, keyText(path));
    }

    private static Optional<Object> find(Map<String, Object> map, String path) {
        int end = path.length();
        while (end > 0) {
            Object value = map.get(path.substring(0, end));
            if (value != null) {
                if (end == path.length()) {
                    return Optional.of(value);
                }
                if (value instanceof Map) {
                    Optional<Object> deeper = find(asMap(value), path.substring(end + 1));
                    if (deeper.isPresent()) {
                        return deeper;
                    }
                }
            }
            end = path.lastIndexOf('.', end - 1);
        }
        return Optional.empty();
    }

    private static boolean isScalar(Object value) {
        return !(value instanceof Map) && !(value instanceof List);
    }

    private static String scalarText(Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            return new java.math.BigDecimal(number.toString())
                    .stripTrailingZeros()
                    .toPlainString();
        }
        return value.toString();
    }

    /** All maps in the tree were made by {@link YamlReader} or {@link #set}, with text keys. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    private String keyText(String key) {
        return asWritten ? key : key.toLowerCase(Locale.ROOT);
    }
}

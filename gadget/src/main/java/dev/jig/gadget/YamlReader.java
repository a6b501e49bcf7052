// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML into maps with text keys. */
final class YamlReader {
    /** Code points; the largest metadata known has a few thousand. */
    private static final int LARGEST_DOCUMENT = 4 << 20;

    private static final int MOST_ALIASES = 50;

    private final boolean asWritten;

    /**
     * @param asWritten whether keys and values stay the texts that were written; otherwise the document is YAML 1.2 and its keys
     *     become lower case
     */
    YamlReader(boolean asWritten) {
        this.asWritten = asWritten;
    }

    Map<String, Object> readMapping(String text, String source) {
        Object document = load(text, source);
        if (document == null) {
            return new LinkedHashMap<>();
        }
        if (!(document instanceof Map<?, ?> map)) {
            throw new GadgetException(source + ": the document is not a mapping of keys to values");
        }
        return textKeys(map);
    }

    private @Nullable Object load(String text, String source) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(asWritten ? new AsWrittenSchema() : new CoreSchema())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(LARGEST_DOCUMENT)
                .build();
        try {
            for (Object document : new Load(settings).loadAllFromString(text)) {
                return document;
            }
            return null;
        } catch (MarkedYamlEngineException malformed) {
            throw new GadgetException(locate(malformed, source), malformed);
        } catch (YamlEngineException | StackOverflowError malformed) {
            throw new GadgetException(source + ": not YAML: " + firstLine(malformed.getMessage()), malformed);
        }
    }

    private static String locate(MarkedYamlEngineException malformed, String source) {
        String problem = firstLine(malformed.getProblem());
        return malformed
                .getProblemMark()
                .map(mark -> source + ": line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": "
                        + problem)
                .orElse(source + ": " + problem);
    }

    private static String firstLine(@Nullable String message) {
        if (message == null) {
            return "nested too deeply";
        }
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private Map<String, Object> textKeys(Map<?, ?> map) {
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> result.put(textKey(String.valueOf(key)), convert(value)));
        return result;
    }

    private String textKey(String key) {
        return asWritten ? key : key.toLowerCase(Locale.ROOT);
    }

    private Object convert(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return textKeys(map);
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>(list.size());
            for (Object element : list) {
                result.add(convert(element));
            }
            return result;
        }
        return value == null ? "" : value;
    }
}

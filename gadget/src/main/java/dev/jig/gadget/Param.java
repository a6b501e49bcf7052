// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A setting that somebody who runs a gadget can make.
 *
 * @param prefix dotted path ending in a dot; with the key it is the fully qualified name
 * @param key the name of the flag
 * @param type decides which texts are values
 * @param defaultValue the value when nothing is said
 * @param description a sentence for help texts
 * @param title a label; empty for none
 * @param alias one letter for a short flag; empty for none
 * @param alternativeKey a second, hidden name; empty for none
 * @param tags for grouping: {@code advanced}, {@code group:…}, {@code !attach}
 * @param possibleValues when not empty, one of them must be given
 * @param mandatory whether the empty text is refused
 */
public record Param(
        String prefix,
        String key,
        ParamType type,
        String defaultValue,
        String description,
        String title,
        String alias,
        String alternativeKey,
        List<String> tags,
        List<String> possibleValues,
        boolean mandatory) {
    public Param {
        requireNonNull(prefix, "prefix is null");
        requireNonNull(key, "key is null");
        tags = List.copyOf(tags);
        possibleValues = List.copyOf(possibleValues);
    }

    /** A param without title, aliases, tags and list of values. */
    public static Param of(String prefix, String key, ParamType type, String defaultValue, String description) {
        return new Param(prefix, key, type, defaultValue, description, "", "", "", List.of(), List.of(), false);
    }

    /** The same with a short flag. */
    public Param withAlias(String letter) {
        return new Param(
                prefix,
                key,
                type,
                defaultValue,
                description,
                title,
                letter,
                alternativeKey,
                tags,
                possibleValues,
                mandatory);
    }

    /** The same with another default. */
    public Param withDefault(String value) {
        return new Param(
                prefix, key, type, value, description, title, alias, alternativeKey, tags, possibleValues, mandatory);
    }

    /** The same with a title and tags. */
    public Param withTitle(String newTitle, String... newTags) {
        return new Param(
                prefix,
                key,
                type,
                defaultValue,
                description,
                newTitle,
                alias,
                alternativeKey,
                List.of(newTags),
                possibleValues,
                mandatory);
    }

    /** The same, but only these texts are values. */
    public Param withPossibleValues(List<String> values) {
        return new Param(
                prefix, key, type, defaultValue, description, title, alias, alternativeKey, tags, values, mandatory);
    }

    /** Prefix and key. */
    public String qualifiedName() {
        return prefix + key;
    }

    /** What is wrong with a text as this param's value, as a sentence; nothing when it is one. */
    public Optional<String> problem(String value) {
        if (value.isEmpty() && mandatory) {
            return Optional.of("expected value for \"" + key + "\"");
        }
        String prefixText = "invalid value \"" + value + "\" as \"" + key + "\": ";
        if (!possibleValues.isEmpty()) {
            return possibleValues.contains(value)
                    ? Optional.empty()
                    : Optional.of(prefixText + "valid values are: " + String.join(", ", possibleValues));
        }
        return type.problem(value).map(problem -> prefixText + problem);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a selection for one data source.
 *
 * @param explicit names that replace the usual fields
 * @param added names behind a plus
 * @param removed names behind a minus
 */
record FieldList(List<String> explicit, List<String> added, List<String> removed) {
    static FieldList parse(String text) {
        List<String> explicit = new ArrayList<>();
        List<String> added = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String word = part.trim();
            if (word.startsWith("+")) {
                added.add(word.substring(1).trim());
            } else if (word.startsWith("-")) {
                removed.add(word.substring(1).trim());
            } else if (!word.isEmpty()) {
                explicit.add(word);
            }
        }
        return new FieldList(explicit, added, removed);
    }

    /** Explicit names keep the user's order; additions to the usual fields take their place among them. */
    List<Field> select(DataSource dataSource) {
        Set<Field> chosen = new LinkedHashSet<>();
        if (explicit.isEmpty()) {
            chosen.addAll(FieldSelection.usualFields(dataSource));
        }
        for (String word : explicit) {
            chosen.add(require(dataSource, word));
        }
        for (String word : added) {
            chosen.add(require(dataSource, word));
        }
        for (String word : removed) {
            chosen.remove(require(dataSource, word));
        }
        List<Field> fields = new ArrayList<>(chosen);
        if (explicit.isEmpty()) {
            fields.sort(FieldSelection.BY_ORDER);
        }
        return fields;
    }

    private static Field require(DataSource dataSource, String word) {
        Optional<Field> field = FieldSelection.resolve(dataSource, word);
        if (field.isEmpty()) {
            Optional<String> nearest = Suggestion.nearest(word, names(dataSource));
            throw new DataSourceException("unknown field \"" + word + "\" for data source \"" + dataSource.name() + "\""
                    + (nearest.isPresent() ? "; did you mean \"" + nearest.get() + "\"?" : ""));
        }
        return field.get();
    }

    private static List<String> names(DataSource dataSource) {
        List<String> names = new ArrayList<>();
        for (Field field : FieldSelection.availableFields(dataSource)) {
            names.add(field.fullName());
        }
        for (Field field : FieldSelection.availableFields(dataSource)) {
            field.annotation("columns.alias").ifPresent(names::add);
        }
        return names;
    }

    /** Index order, additions at the end, and exact names in removals, as the reference implementation has it. */
    List<Field> selectCompatibly(DataSource dataSource) {
        Set<String> words = new LinkedHashSet<>(explicit);
        if (explicit.isEmpty()) {
            for (Field field : FieldSelection.visible(FieldSelection.byIndex(dataSource))) {
                words.add(field.fullName());
            }
        }
        words.addAll(added);
        removed.forEach(words::remove);
        List<Field> fields = new ArrayList<>();
        for (String word : words) {
            fields.add(FieldSelection.resolve(dataSource, word)
                    .orElseThrow(() -> new DataSourceException("failed to set fields: column \"" + word
                            + "\" is invalid; skipping data source \"" + dataSource.name() + "\"")));
        }
        return fields;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which fields of which data source a user wants to see: {@code [ds:]f1,f2,…} joined with {@code ;}. Plain names replace the usual
 * fields, {@code +name} adds one and {@code -name} removes one. A name is a full field name or a column's alias, in any case.
 */
public final class FieldSelection {
    /** By display position; not a lambda, because this is on the way to the first event. */
    static final Comparator<Field> BY_ORDER = new Comparator<>() {
        @Override
        public int compare(Field left, Field right) {
            int byOrder = Integer.compare(left.order(), right.order());
            return byOrder != 0 ? byOrder : Integer.compare(left.index(), right.index());
        }
    };

    private final boolean given;
    private final Map<String, FieldList> ofDataSource;
    private final Optional<FieldList> ofOthers;

    private FieldSelection(boolean given, Map<String, FieldList> ofDataSource, Optional<FieldList> ofOthers) {
        this.given = given;
        this.ofDataSource = ofDataSource;
        this.ofOthers = ofOthers;
    }

    /** The user said nothing: each data source shows its usual fields. */
    public static FieldSelection usual() {
        return new FieldSelection(false, Map.of(), Optional.empty());
    }

    /** Reads what the user wrote; of two lists for the same data source the last one counts. */
    public static FieldSelection parse(String text) {
        Map<String, FieldList> ofDataSource = new TreeMap<>();
        Optional<FieldList> ofOthers = Optional.empty();
        for (String section : text.split(";", -1)) {
            int colon = section.indexOf(':');
            if (colon >= 0) {
                ofDataSource.put(section.substring(0, colon).trim(), FieldList.parse(section.substring(colon + 1)));
            } else if (!section.isBlank()) {
                ofOthers = Optional.of(FieldList.parse(section));
            }
        }
        return new FieldSelection(true, ofDataSource, ofOthers);
    }

    /** The data sources that have a list of their own, sorted. */
    public List<String> dataSources() {
        return List.copyOf(ofDataSource.keySet());
    }

    /**
     * The fields to show, in order. An unknown name is an error; its message is the reference implementation's warning, and the order
     * and treatment of names are its own too, if {@code compat}.
     */
    public List<Field> fields(DataSource dataSource, boolean compat) {
        FieldList own = ofDataSource.get(dataSource.name());
        Optional<FieldList> list = own != null ? Optional.of(own) : ofOthers;
        if (list.isEmpty()) {
            return given && compat ? visible(byIndex(dataSource)) : usualFields(dataSource);
        }
        return compat ? list.get().selectCompatibly(dataSource) : list.get().select(dataSource);
    }

    /** The fields shown when nothing is selected: visible ones by display position. */
    public static List<Field> usualFields(DataSource dataSource) {
        List<Field> fields = visible(byIndex(dataSource));
        fields.sort(BY_ORDER);
        return fields;
    }

    /** All fields that can be selected, sorted by full name. */
    public static List<Field> availableFields(DataSource dataSource) {
        List<Field> fields = byIndex(dataSource);
        fields.sort(Comparator.comparing(Field::fullName));
        return fields;
    }

    /** All fields that can be selected, in index order. */
    static List<Field> byIndex(DataSource dataSource) {
        List<Field> fields = new ArrayList<>();
        for (Field field : dataSource.fields()) {
            if (field.isReferenced() && !field.isEmpty()) {
                fields.add(field);
            }
        }
        return fields;
    }

    static List<Field> visible(List<Field> fields) {
        List<Field> visible = new ArrayList<>(fields.size());
        for (Field field : fields) {
            if (!field.isHidden()) {
                visible.add(field);
            }
        }
        return visible;
    }

    /**
     * The field that a user's word means: its full name exactly, else in any case, else its alias, of which those shown by default and
     * then those least deeply nested come first.
     */
    public static Optional<Field> resolve(DataSource dataSource, String word) {
        Optional<Field> named = dataSource.field(word);
        if (named.isPresent() && !named.get().isEmpty()) {
            return named;
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        Optional<Field> best = Optional.empty();
        for (Field field : byIndex(dataSource)) {
            boolean matches =
                    wanted.equals(field.annotation("columns.alias").orElse("").toLowerCase(Locale.ROOT));
            if (matches && !wanted.isEmpty() && (best.isEmpty() || rank(field) < rank(best.get()))) {
                best = Optional.of(field);
            }
        }
        return best;
    }

    private static int rank(Field field) {
        int depth = 0;
        for (Optional<Field> at = field.parent(); at.isPresent(); at = at.get().parent()) {
            depth++;
        }
        return field.isHidden() ? depth + Short.MAX_VALUE : depth;
    }
}

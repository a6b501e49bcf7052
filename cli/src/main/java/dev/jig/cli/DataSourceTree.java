// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Data sources and their fields as trees. What is zero or empty is left out, as in upstream's texts. */
final class DataSourceTree {
    private static final int FLAG_PARENT = 8;

    private DataSourceTree() {}

    /** Data sources sorted by name. */
    static List<Object> of(Collection<DataSource> sources) {
        List<DataSource> sorted = new ArrayList<>(sources);
        sorted.sort(Comparator.comparing(DataSource::name));
        List<Object> trees = new ArrayList<>();
        long id = 0;
        for (DataSource source : sorted) {
            trees.add(of(source, id++));
        }
        return trees;
    }

    private static Map<String, Object> of(DataSource source, long id) {
        Members members = new Members();
        members.number("id", id);
        members.text("name", source.name());
        members.number("type", source.type().wireNumber());
        List<Object> fields = new ArrayList<>();
        source.fields().forEach(field -> fields.add(of(field)));
        members.value("fields", fields, fields.isEmpty());
        members.value("tags", source.tags(), source.tags().isEmpty());
        members.annotations(source.annotations());
        return members.tree;
    }

    private static Map<String, Object> of(Field field) {
        Members members = new Members();
        members.text("name", field.name());
        members.text("fullName", field.fullName());
        members.number("index", field.index());
        members.number("payloadIndex", field.payloadIndex());
        if (field.isStaticMember()) {
            members.number("offs", field.offset());
            members.number("size", field.size());
        }
        members.number("flags", field.flags());
        members.number("kind", Integer.toUnsignedLong(field.kind().wireNumber()));
        members.value("tags", field.tags(), field.tags().isEmpty());
        members.annotations(field.annotations());
        if ((field.flags() & FLAG_PARENT) != 0) {
            field.parent().ifPresent(parent -> members.number("parent", parent.index()));
        }
        members.number("order", field.order());
        return members.tree;
    }

    /** Members in the order in which they are added. */
    private static final class Members {
        private final Map<String, Object> tree = new LinkedHashMap<>();

        void number(String name, long value) {
            value(name, value, value == 0);
        }

        void text(String name, String value) {
            value(name, value, value.isEmpty());
        }

        void annotations(Map<String, String> annotations) {
            value("annotations", new TreeMap<>(annotations), annotations.isEmpty());
        }

        void value(String name, Object value, boolean leftOut) {
            if (!leftOut) {
                tree.put(name, value);
            }
        }
    }
}

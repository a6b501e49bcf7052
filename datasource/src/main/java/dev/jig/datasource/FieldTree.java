// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which fields structured output shows, as a tree whose levels are sorted by short name. */
final class FieldTree {
    /** Not a lambda, because this is on the way to the first event. */
    private static final Comparator<Node> BY_NAME = new Comparator<>() {
        @Override
        public int compare(Node left, Node right) {
            return left.field().name().compareTo(right.field().name());
        }
    };

    /**
     * One member of an object.
     *
     * @param field the field
     * @param object whether the member is itself an object, which it is when the field has sub-fields
     * @param members the shown sub-fields
     */
    record Node(Field field, boolean object, List<Node> members) {}

    private final Optional<List<Field>> selected;
    private final boolean withDescendants;

    private FieldTree(Optional<List<Field>> selected, boolean withDescendants) {
        this.selected = selected;
        this.withDescendants = withDescendants;
    }

    /** All fields, hidden or not. */
    static List<Node> all(DataSource dataSource) {
        return new FieldTree(Optional.empty(), false).roots(dataSource);
    }

    /** The selected fields and, unless {@code exactly}, everything below a selected one. */
    static List<Node> selected(DataSource dataSource, List<Field> fields, boolean exactly) {
        return new FieldTree(Optional.of(fields), !exactly).roots(dataSource);
    }

    private List<Node> roots(DataSource dataSource) {
        List<List<Field>> children = new ArrayList<>();
        List<Field> roots = new ArrayList<>();
        for (Field field : dataSource.fields()) {
            children.add(new ArrayList<>());
            if (field.parent().isPresent()) {
                children.get(field.parent().get().index()).add(field);
            } else {
                roots.add(field);
            }
        }
        return nodes(roots, children, selected.isEmpty());
    }

    private List<Node> nodes(List<Field> fields, List<List<Field>> children, boolean wanted) {
        List<Node> nodes = new ArrayList<>();
        for (Field field : fields) {
            if (!field.isReferenced() || "true".equals(field.annotations().get("json.skip"))) {
                continue;
            }
            boolean shown = wanted || (selected.isPresent() && selected.get().contains(field));
            List<Field> below = children.get(field.index());
            boolean allBelow = selected.isEmpty() || (shown && withDescendants);
            List<Node> members = nodes(below, children, allBelow);
            if (shown || !members.isEmpty()) {
                nodes.add(new Node(field, !below.isEmpty(), members));
            }
        }
        nodes.sort(BY_NAME);
        return nodes;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link DataSource#addField} needs to know about a field that has a payload of its own, or none at all.
 *
 * @param name short name
 * @param kind what the bytes mean
 * @param parent field under which the new one is placed
 * @param order display position, lower first; 0 stands for the new field's index
 * @param flags bits of {@link FieldFlags}
 * @param tags free-form tags
 * @param annotations annotations that replace the default set entirely; absent keeps the default set
 */
public record NewField(
        String name,
        Kind kind,
        Optional<Field> parent,
        int order,
        int flags,
        List<String> tags,
        Optional<Map<String, String>> annotations) {
    public NewField {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        tags = List.copyOf(tags);
    }

    /** A root field with the default annotations. */
    public static NewField of(String name, Kind kind) {
        return new NewField(name, kind, Optional.empty(), 0, 0, List.of(), Optional.empty());
    }

    /** A root field without value that only groups others. */
    public static NewField group(String name) {
        return of(name, Kind.INVALID).withFlags(FieldFlags.EMPTY);
    }

    /** The same field below {@code parent}. */
    public NewField under(Field parent) {
        return new NewField(name, kind, Optional.of(parent), order, flags, tags, annotations);
    }

    /** The same field beside {@code sibling}: with its parent, if it has one. */
    public NewField beside(Field sibling) {
        return new NewField(name, kind, sibling.parent(), order, flags, tags, annotations);
    }

    /** The same field with this display position. */
    public NewField withOrder(int order) {
        return new NewField(name, kind, parent, order, flags, tags, annotations);
    }

    /** The same field with these flags set in addition. */
    public NewField withFlags(int flags) {
        return new NewField(name, kind, parent, order, this.flags | flags, tags, annotations);
    }

    /** The same field with these tags. */
    public NewField withTags(String... tags) {
        return new NewField(name, kind, parent, order, flags, List.of(tags), annotations);
    }

    /** The same field with exactly these annotations and none of the default ones. */
    public NewField withAnnotations(Map<String, String> annotations) {
        return new NewField(name, kind, parent, order, flags, tags, Optional.of(annotations));
    }
}

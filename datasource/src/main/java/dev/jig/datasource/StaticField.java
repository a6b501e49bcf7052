// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * One member of a fixed layout, for instance of a C structure.
 *
 * @param name short name
 * @param kind what the bytes mean
 * @param offset bytes from the start of the container
 * @param size bytes of the member; 0 means everything up to the container's end (a flexible array)
 * @param parent index within the same list of the member that contains this one, or {@link #ROOT}
 * @param flags bits of {@link FieldFlags} besides those that follow from the layout
 * @param tags free-form tags
 * @param annotations annotations merged over the default set
 */
public record StaticField(
        String name,
        Kind kind,
        int offset,
        int size,
        int parent,
        int flags,
        List<String> tags,
        Map<String, String> annotations) {
    /** The value of {@link #parent()} of a member that no other member contains. */
    public static final int ROOT = -1;

    public StaticField {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        tags = List.copyOf(tags);
    }

    /** A member outside of any other, without tags and annotations. */
    public static StaticField of(String name, Kind kind, int offset, int size) {
        return new StaticField(name, kind, offset, size, ROOT, 0, List.of(), Map.of());
    }

    /** The same member inside the member with this index of the same list. */
    public StaticField inside(int parent) {
        return new StaticField(name, kind, offset, size, parent, flags, tags, annotations);
    }

    /** The same member with these tags. */
    public StaticField withTags(List<String> tags) {
        return new StaticField(name, kind, offset, size, parent, flags, tags, annotations);
    }

    /** The same member with these annotations. */
    public StaticField withAnnotations(Map<String, String> annotations) {
        return new StaticField(name, kind, offset, size, parent, flags, tags, annotations);
    }
}

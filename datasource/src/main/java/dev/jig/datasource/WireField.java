// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/** A field as another process describes it; the attributes are those of {@link Field}, {@code parent} is an index. */
public record WireField(
        String name,
        String fullName,
        int payloadIndex,
        int offset,
        int size,
        int flags,
        Kind kind,
        List<String> tags,
        Map<String, String> annotations,
        int parent,
        int order) {
    public WireField {
        requireNonNull(name, "name");
        requireNonNull(fullName, "fullName");
        requireNonNull(kind, "kind");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.permission;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All that a gadget may do, by keys. Immutable. */
public final class Permissions {
    private final NavigableMap<String, Permission> byKey = new TreeMap<>();

    public Permissions(Collection<Permission> permissions) {
        permissions.forEach(permission -> byKey.put(permission.key(), permission));
    }

    /** All of them, by kind and subject. */
    public List<Permission> all() {
        List<Permission> all = new ArrayList<>(byKey.values());
        all.sort(null);
        return all;
    }

    /** Those of one kind. */
    public List<Permission> of(Permission.Kind kind) {
        return all().stream().filter(permission -> permission.kind() == kind).toList();
    }

    /** Those that change what the system does. */
    public List<Permission> acting() {
        return all().stream().filter(Permission::acts).toList();
    }

    /** Those that another gadget does not have. */
    public List<Permission> without(Permissions other) {
        return all().stream()
                .filter(permission -> !other.byKey.containsKey(permission.key()))
                .toList();
    }

    /** The permission of a key. */
    public Optional<Permission> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** What it can do in words, without repetition: first what acts. */
    public List<String> sentences(boolean acting) {
        LinkedHashSet<String> sentences = new LinkedHashSet<>();
        for (Permission permission : all()) {
            if (permission.acts() == acting && !permission.meaning().isEmpty()) {
                sentences.add(permission.meaning());
            }
        }
        return List.copyOf(sentences);
    }
}

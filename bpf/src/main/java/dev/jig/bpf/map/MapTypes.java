// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

/**
 * BTF types of a map's key and value.
 *
 * @param btf descriptor of the loaded BTF, 0 for none
 * @param key type id, 0 for none
 * @param value type id, 0 for none
 */
public record MapTypes(int btf, int key, int value) {
    /** No types. */
    public static final MapTypes NONE = new MapTypes(0, 0, 0);

    /** Whether there are any. */
    public boolean isPresent() {
        return btf != 0 && (key != 0 || value != 0);
    }
}

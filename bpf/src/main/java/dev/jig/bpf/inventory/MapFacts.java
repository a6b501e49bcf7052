// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.inventory;

import dev.jig.bpf.map.MapType;

/**
 * What the kernel tells of a map ({@code struct bpf_map_info}).
 *
 * @param type a number of {@code enum bpf_map_type}
 * @param keySize bytes
 * @param flags those of its creation
 * @param memory bytes that the kernel reckons for it; 0 where it does not tell
 */
public record MapFacts(int id, int type, int keySize, int flags, long memory) {
    /** Whether its elements are maps. */
    public boolean holdsMaps() {
        return MapType.isMapInMap(type);
    }
}

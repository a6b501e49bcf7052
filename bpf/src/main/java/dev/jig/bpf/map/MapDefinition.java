// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * What a map shall be, as {@code BPF_MAP_CREATE} takes it.
 *
 * @param name cut to 15 bytes by the kernel
 * @param type a number of {@code enum bpf_map_type}; see {@link MapType}
 * @param keySize bytes
 * @param valueSize bytes, of one processor's value for per-CPU maps
 * @param maxEntries elements; bytes for ring buffers
 * @param flags {@code BPF_F_*}
 * @param extra {@code map_extra}, for instance the number of hash functions of a Bloom filter
 * @param numaNode to allocate from, if {@code BPF_F_NUMA_NODE} is among the flags
 * @param types the BTF types of key and value
 * @param innerMap descriptor of the template for maps in maps
 */
public record MapDefinition(
        String name,
        int type,
        int keySize,
        int valueSize,
        int maxEntries,
        int flags,
        long extra,
        int numaNode,
        MapTypes types,
        OptionalInt innerMap) {
    public MapDefinition {
        requireNonNull(name, "name is null");
        requireNonNull(types, "types is null");
        requireNonNull(innerMap, "innerMap is null");
    }

    /** A map without flags, types and template. */
    public static MapDefinition of(String name, int type, int keySize, int valueSize, int maxEntries) {
        return new MapDefinition(
                name, type, keySize, valueSize, maxEntries, 0, 0, 0, MapTypes.NONE, OptionalInt.empty());
    }

    /** The same with other flags. */
    public MapDefinition withFlags(int newFlags) {
        return new MapDefinition(
                name, type, keySize, valueSize, maxEntries, newFlags, extra, numaNode, types, innerMap);
    }

    /** The same for a map of maps like the one behind a descriptor. */
    public MapDefinition withInnerMap(int descriptor) {
        return new MapDefinition(
                name, type, keySize, valueSize, maxEntries, flags, extra, numaNode, types, OptionalInt.of(descriptor));
    }

    /** The same with other BTF types. */
    public MapDefinition withTypes(MapTypes newTypes) {
        return new MapDefinition(
                name, type, keySize, valueSize, maxEntries, flags, extra, numaNode, newTypes, innerMap);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.map.MapType;
import java.util.List;
import java.util.Optional;

/**
 * A map as an object declares it; numbers that are not given are 0.
 *
 * @param name of the variable that declares it
 * @param type number, see the kernel's {@code enum bpf_map_type}
 * @param keySize in bytes
 * @param valueSize in bytes
 * @param maxEntries number of entries, or bytes for ring buffers
 * @param flags {@code BPF_F_} bits
 * @param extra the kernel's {@code map_extra}
 * @param numaNode to allocate from, if {@code BPF_F_NUMA_NODE} is among the flags
 * @param pinning 1 if the map is to be pinned by name ({@code LIBBPF_PIN_BY_NAME})
 * @param keyType id of the key's type in the object's BTF, 0 if only a size is given
 * @param valueType id of the value's type in the object's BTF, 0 if only a size is given
 * @param inner what a map of maps holds
 * @param slots what the elements of a program array or map of maps are at first
 */
public record MapSpec(
        String name,
        int type,
        int keySize,
        int valueSize,
        int maxEntries,
        int flags,
        long extra,
        int numaNode,
        int pinning,
        int keyType,
        int valueType,
        Optional<MapSpec> inner,
        List<Slot> slots) {

    /** A first element: the program or map of this name at this index. */
    public record Slot(int index, String name) {}

    public MapSpec {
        slots = List.copyOf(slots);
    }

    /** The same map under another name. */
    public MapSpec withName(String newName) {
        return new MapSpec(
                newName,
                type,
                keySize,
                valueSize,
                maxEntries,
                flags,
                extra,
                numaNode,
                pinning,
                keyType,
                valueType,
                inner,
                slots);
    }

    /** A map of maps with one element, which is at first this map. */
    public MapSpec selector(String selectorName) {
        return new MapSpec(
                selectorName,
                MapType.ARRAY_OF_MAPS,
                Integer.BYTES,
                Integer.BYTES,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                Optional.of(this),
                List.of(new Slot(0, name)));
    }

    /** The same map of another type. */
    public MapSpec withType(int newType) {
        return new MapSpec(
                name,
                newType,
                keySize,
                valueSize,
                maxEntries,
                flags,
                extra,
                numaNode,
                pinning,
                keyType,
                valueType,
                inner,
                slots);
    }

    /** The same map with another number of entries. */
    public MapSpec withMaxEntries(int entries) {
        return new MapSpec(
                name, type, keySize, valueSize, entries, flags, extra, numaNode, pinning, keyType, valueType, inner,
                slots);
    }

    /** The same map, of this run only: not pinned. */
    public MapSpec withoutPinning() {
        return new MapSpec(
                name,
                type,
                keySize,
                valueSize,
                maxEntries,
                flags,
                extra,
                numaNode,
                0,
                keyType,
                valueType,
                inner,
                slots);
    }

    /** The same map with other flags. */
    public MapSpec withFlags(int newFlags) {
        return new MapSpec(
                name,
                type,
                keySize,
                valueSize,
                maxEntries,
                newFlags,
                extra,
                numaNode,
                pinning,
                keyType,
                valueType,
                inner,
                slots);
    }

    /** The same map with other sizes of key and value, which then are of no known type. */
    public MapSpec withSizes(int newKeySize, int newValueSize) {
        return new MapSpec(
                name,
                type,
                newKeySize,
                newValueSize,
                maxEntries,
                flags,
                extra,
                numaNode,
                pinning,
                newKeySize == keySize ? keyType : 0,
                newValueSize == valueSize ? valueType : 0,
                inner,
                slots);
    }
}

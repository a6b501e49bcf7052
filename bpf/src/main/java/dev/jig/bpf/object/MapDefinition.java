// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The struct that declares a map: its member's types, not their values, say everything. A number is the element count of an array behind a pointer, or a
 * one-value enumeration.
 */
final class MapDefinition {
    private static final int PROGRAM_ARRAY = 3;
    private static final int ARRAY_OF_MAPS = 12;
    private static final int HASH_OF_MAPS = 13;

    private final Btf btf;
    private final String what;
    private int type;
    private int keySize;
    private int valueSize;
    private int maxEntries;
    private int flags;
    private long extra;
    private int numaNode;
    private int pinning;
    private int keyType;
    private int valueType;
    private int valuesOffset = -1;
    private @Nullable MapDefinition inner;

    MapDefinition(Btf btf, String what) {
        this.btf = btf;
        this.what = what;
    }

    void read(int struct, boolean outer) {
        int count = btf.elementCount(struct);
        for (int i = 0; i < count; i++) {
            readMember(struct, i, i == count - 1, outer);
        }
        if (type == 0) {
            throw new ObjectException(what + " has no type");
        }
    }

    private void readMember(int struct, int index, boolean last, boolean outer) {
        String name = btf.elementName(struct, index);
        int member = btf.memberType(struct, index);
        switch (name) {
            case "type" -> type = (int) number(name, member);
            case "max_entries" -> maxEntries = (int) number(name, member);
            case "map_flags" -> flags = (int) number(name, member);
            case "numa_node" -> numaNode = (int) number(name, member);
            case "key_size" -> keySize = size(name, keySize, (int) number(name, member));
            case "value_size" -> valueSize = size(name, valueSize, (int) number(name, member));
            case "map_extra" -> extra = number(name, member);
            case "pinning" -> pinning = pinning(number(name, member), outer);
            case "key" -> {
                keyType = pointee(name, member);
                keySize = size(name, keySize, btf.sizeOf(keyType));
            }
            case "value" -> {
                valueType = pointee(name, member);
                valueSize = size(name, valueSize, btf.sizeOf(valueType));
            }
            case "values" -> readValues(struct, index, member, last, outer);
            default -> throw new ObjectException(what + " has an unknown attribute '" + name + "'");
        }
    }

    private int pinning(long value, boolean outer) {
        if (value != 0 && (!outer || value != 1)) {
            throw new ObjectException(
                    what + " has a pinning of " + value + (outer ? "" : " though it is an inner map"));
        }
        return (int) value;
    }

    private int size(String name, int before, int size) {
        if (before != 0 && before != size) {
            throw new ObjectException(what + " has '" + name + "' of " + size + " bytes, but of " + before + " before");
        }
        return size;
    }

    private int pointee(String name, int member) {
        int pointer = btf.resolve(member);
        if (btf.kind(pointer) != BtfKind.POINTER) {
            throw new ObjectException(what + " has '" + name + "' that is no pointer");
        }
        return btf.target(pointer);
    }

    private long number(String name, int member) {
        int resolved = btf.resolve(member);
        BtfKind kind = btf.kind(resolved);
        if (kind.isEnumeration() && btf.elementCount(resolved) == 1) {
            return btf.enumeratorValue(resolved, 0);
        }
        if (kind == BtfKind.POINTER && btf.kind(btf.target(resolved)) == BtfKind.ARRAY) {
            return btf.arrayCount(btf.target(resolved));
        }
        throw new ObjectException(what + " has '" + name + "' that is no number");
    }

    private void readValues(int struct, int index, int member, boolean last, boolean outer) {
        boolean ofMaps = type == ARRAY_OF_MAPS || type == HASH_OF_MAPS;
        if (!outer || !last || (!ofMaps && type != PROGRAM_ARRAY)) {
            throw new ObjectException(what + " has 'values', which only maps of maps and program arrays have, as their"
                    + " last attribute");
        }
        int array = btf.resolve(member);
        if (btf.kind(array) != BtfKind.ARRAY || btf.arrayCount(array) != 0) {
            throw new ObjectException(what + " has 'values' that are no array without a length");
        }
        valueSize = size("values", valueSize, Integer.BYTES);
        valuesOffset = btf.memberBitOffset(struct, index) / Byte.SIZE;
        int element = btf.resolve(pointee("values", btf.arrayElementType(array)));
        BtfKind wanted = ofMaps ? BtfKind.STRUCT : BtfKind.FUNCTION_PROTOTYPE;
        if (btf.kind(element) != wanted) {
            throw new ObjectException(what + " has 'values' of " + btf.describe(element));
        }
        if (ofMaps) {
            MapDefinition definition = new MapDefinition(btf, what + ": inner map");
            definition.read(element, false);
            inner = definition;
        }
    }

    /** Offset of {@code values} in the struct in bytes, or -1. */
    int valuesOffset() {
        return valuesOffset;
    }

    MapSpec toSpec(String name, List<MapSpec.Slot> slots) {
        return new MapSpec(
                name,
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
                inner == null ? Optional.empty() : Optional.of(inner.toSpec(name + ".inner", List.of())),
                slots);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.inventory;

import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapDefinition;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.LockedMemory;
import dev.jig.bpf.sys.ObjectInformation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The maps in the kernel. Needs CAP_SYS_ADMIN, as all questions by id do. */
public final class MapInventory {
    /** {@code struct bpf_map_info} up to and with {@code map_flags}. */
    private static final int INFO_SIZE = 24;

    /** Maps in a map that are looked at. */
    private static final int MOST_INNER_MAPS = 4096;

    private MapInventory() {}

    /**
     * What the kernel tells of a map.
     *
     * @return nothing when it is gone
     * @throws dev.jig.bpf.sys.SystemCallException when the kernel refuses
     */
    public static Optional<MapFacts> facts(int id) {
        return open(id).map(descriptor -> {
            try (descriptor) {
                return facts(descriptor);
            }
        });
    }

    /** The id of a map that is open. */
    public static int id(FileDescriptor descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            return information(arena, descriptor).get(ValueLayout.JAVA_INT, 4);
        }
    }

    private static MemorySegment information(Arena arena, FileDescriptor descriptor) {
        MemorySegment info = arena.allocate(INFO_SIZE, Long.BYTES);
        ObjectInformation.read(descriptor, info);
        return info;
    }

    /** What the kernel tells of a map that is open. */
    public static MapFacts facts(FileDescriptor descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = information(arena, descriptor);
            return new MapFacts(
                    info.get(ValueLayout.JAVA_INT, 4),
                    info.get(ValueLayout.JAVA_INT, 0),
                    info.get(ValueLayout.JAVA_INT, 8),
                    info.get(ValueLayout.JAVA_INT, 20),
                    LockedMemory.of(descriptor).orElse(0));
        }
    }

    /**
     * The ids of the maps that are elements of a map right now, 4,096 at most.
     *
     * @throws dev.jig.bpf.sys.SystemCallException when the kernel refuses
     */
    public static List<Integer> innerMaps(MapFacts outer) {
        Optional<FileDescriptor> open = open(outer.id());
        if (open.isEmpty()) {
            return List.of();
        }
        List<Integer> found = new ArrayList<>();
        // For user space an element of such a map is the id of a map (kernel: bpf_map_fd_sys_lookup_elem).
        MapDefinition definition =
                MapDefinition.of(open.get().toString(), outer.type(), outer.keySize(), Integer.BYTES, 1);
        try (BpfMap map = BpfMap.adopt(definition, open.get())) {
            Optional<byte[]> key = map.nextKey(Optional.empty());
            for (int seen = 0; key.isPresent() && seen < MOST_INNER_MAPS; seen++) {
                map.lookup(key.get())
                        .ifPresent(id -> found.add(ByteBuffer.wrap(id)
                                .order(ByteOrder.nativeOrder())
                                .getInt()));
                key = map.nextKey(key);
            }
        }
        return found;
    }

    private static Optional<FileDescriptor> open(int id) {
        return KernelIds.open(BpfCommand.BPF_MAP_GET_FD_BY_ID, id, "map " + id);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

/**
 * How much kernel memory a map takes, reckoned from what is asked for. The sizes of the kernel's own structures are those of
 * 64-bit machines (kernel: {@code *_map_mem_usage} of {@code hashtab.c}, {@code arraymap.c}, {@code stackmap.c}, {@code
 * ringbuf.c}); they differ a little between versions.
 */
public final class MapMemory {
    private static final int POINTER = 8;
    private static final int BUCKET = 16;
    /** {@code struct htab_elem} without key and value. */
    private static final int ELEMENT = 48;
    /** {@code struct stack_map_bucket} without the stack. */
    private static final int STACK = 32;

    private static final int PAGE = 4096;
    /** Consumer's and producer's position have a page each, and one is the kernel's own. */
    private static final int RING_PAGES = 3;

    private static final int NO_PREALLOCATION = 1;
    private static final int MAPPABLE = 0x400;

    private MapMemory() {}

    /**
     * Bytes of a map with all its elements.
     *
     * @param processors how many possible processors there are
     */
    public static long estimate(MapDefinition map, int processors) {
        long entries = Integer.toUnsignedLong(map.maxEntries());
        long value = aligned(map.valueSize());
        return switch (map.type()) {
            case MapType.RINGBUF, MapType.USER_RINGBUF -> entries + RING_PAGES * PAGE;
            case MapType.ARRAY -> isMappable(map) ? pages(entries * value) + PAGE : entries * value;
            case MapType.PERCPU_ARRAY -> entries * (POINTER + value * processors);
            case MapType.STACK_TRACE ->
                powerOfTwo(entries) * POINTER + entries * (STACK + Integer.toUnsignedLong(map.valueSize()));
            case MapType.HASH, MapType.LRU_HASH, MapType.HASH_OF_MAPS, MapType.SOCKHASH, MapType.DEVMAP_HASH ->
                hash(map, ELEMENT + aligned(map.keySize()) + value, processors);
            case MapType.PERCPU_HASH, MapType.LRU_PERCPU_HASH ->
                hash(map, ELEMENT + aligned(map.keySize()) + POINTER + value * processors, processors);
            case MapType.PERF_EVENT_ARRAY, MapType.PROG_ARRAY, MapType.CGROUP_ARRAY, MapType.ARRAY_OF_MAPS ->
                entries * POINTER;
            default -> entries * (aligned(map.keySize()) + value);
        };
    }

    /** Whether the kernel takes the memory of elements only when they come. */
    public static boolean growsWithElements(MapDefinition map) {
        return (map.flags() & NO_PREALLOCATION) != 0;
    }

    private static boolean isMappable(MapDefinition map) {
        return (map.flags() & MAPPABLE) != 0;
    }

    /** Plain hash maps have an element for each processor more, so that a replaced one need not be waited for. */
    private static long hash(MapDefinition map, long element, int processors) {
        long entries = Integer.toUnsignedLong(map.maxEntries());
        boolean spare = map.type() == MapType.HASH && !growsWithElements(map);
        return powerOfTwo(entries) * BUCKET + (entries + (spare ? processors : 0)) * element;
    }

    private static long powerOfTwo(long number) {
        return number <= 1 ? 1 : Long.highestOneBit(number - 1) << 1;
    }

    private static long aligned(int size) {
        return (Integer.toUnsignedLong(size) + Long.BYTES - 1) & -Long.BYTES;
    }

    private static long pages(long size) {
        return (size + PAGE - 1) & -PAGE;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

/** Numbers of {@code enum bpf_map_type} that need special treatment by user space. */
public final class MapType {
    public static final int HASH = 1;
    public static final int ARRAY = 2;
    public static final int PROG_ARRAY = 3;
    public static final int PERF_EVENT_ARRAY = 4;
    public static final int PERCPU_HASH = 5;
    public static final int PERCPU_ARRAY = 6;
    public static final int STACK_TRACE = 7;
    public static final int CGROUP_ARRAY = 8;
    public static final int LRU_HASH = 9;
    public static final int LRU_PERCPU_HASH = 10;
    public static final int LPM_TRIE = 11;
    public static final int ARRAY_OF_MAPS = 12;
    public static final int HASH_OF_MAPS = 13;
    public static final int DEVMAP = 14;
    public static final int SOCKMAP = 15;
    public static final int CPUMAP = 16;
    public static final int XSKMAP = 17;
    public static final int SOCKHASH = 18;
    public static final int CGROUP_STORAGE = 19;
    public static final int PERCPU_CGROUP_STORAGE = 21;
    public static final int QUEUE = 22;
    public static final int STACK = 23;
    public static final int SK_STORAGE = 24;
    public static final int DEVMAP_HASH = 25;
    public static final int STRUCT_OPS = 26;
    public static final int RINGBUF = 27;
    public static final int INODE_STORAGE = 28;
    public static final int TASK_STORAGE = 29;
    public static final int BLOOM_FILTER = 30;
    public static final int USER_RINGBUF = 31;
    public static final int CGRP_STORAGE = 32;
    public static final int ARENA = 33;

    private MapType() {}

    /** Whether each element holds one value per possible processor. */
    public static boolean isPerCpu(int type) {
        return type == PERCPU_HASH || type == PERCPU_ARRAY || type == LRU_PERCPU_HASH || type == PERCPU_CGROUP_STORAGE;
    }

    /** Whether the kernel takes BTF types of key and value for such maps; for the others it knows better what they hold. */
    public static boolean takesTypes(int type) {
        return switch (type) {
            case PROG_ARRAY,
                    PERF_EVENT_ARRAY,
                    CGROUP_ARRAY,
                    STACK_TRACE,
                    ARRAY_OF_MAPS,
                    HASH_OF_MAPS,
                    DEVMAP,
                    DEVMAP_HASH,
                    CPUMAP,
                    XSKMAP,
                    SOCKMAP,
                    SOCKHASH,
                    QUEUE,
                    STACK,
                    RINGBUF,
                    USER_RINGBUF,
                    ARENA -> false;
            default -> true;
        };
    }

    /** Whether {@code max_entries} is a size in bytes, of whole pages and a power of two. */
    public static boolean isRing(int type) {
        return type == RINGBUF || type == USER_RINGBUF;
    }

    /** Whether the values are maps. */
    public static boolean isMapInMap(int type) {
        return type == ARRAY_OF_MAPS || type == HASH_OF_MAPS;
    }
}

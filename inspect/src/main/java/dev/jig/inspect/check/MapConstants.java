// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import java.util.List;
import java.util.Optional;

/** Names of map types as the kernel's headers have them (kernel: {@code enum bpf_map_type}). */
final class MapConstants {
    private static final List<String> NAMES = List.of(
            "HASH",
            "ARRAY",
            "PROG_ARRAY",
            "PERF_EVENT_ARRAY",
            "PERCPU_HASH",
            "PERCPU_ARRAY",
            "STACK_TRACE",
            "CGROUP_ARRAY",
            "LRU_HASH",
            "LRU_PERCPU_HASH",
            "LPM_TRIE",
            "ARRAY_OF_MAPS",
            "HASH_OF_MAPS",
            "DEVMAP",
            "SOCKMAP",
            "CPUMAP",
            "XSKMAP",
            "SOCKHASH",
            "CGROUP_STORAGE",
            "REUSEPORT_SOCKARRAY",
            "PERCPU_CGROUP_STORAGE",
            "QUEUE",
            "STACK",
            "SK_STORAGE",
            "DEVMAP_HASH",
            "STRUCT_OPS",
            "RINGBUF",
            "INODE_STORAGE",
            "TASK_STORAGE",
            "BLOOM_FILTER",
            "USER_RINGBUF",
            "CGRP_STORAGE",
            "ARENA");

    private MapConstants() {}

    static Optional<String> name(int type) {
        return type >= 1 && type <= NAMES.size() ? Optional.of(NAMES.get(type - 1)) : Optional.empty();
    }
}

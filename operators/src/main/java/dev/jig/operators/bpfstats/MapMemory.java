// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.bpf.inventory.MapFacts;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The memory of maps at one moment, and who shares it. */
final class MapMemory {
    /** {@code BPF_F_NO_PREALLOC}: the memory grows with the elements. */
    private static final int GROWS = 1;

    private final KernelView kernel;
    private final boolean split;
    /** What does not change is asked once. */
    private final Map<Integer, MapFacts> known = new HashMap<>();

    private Map<Integer, Integer> holders = Map.of();
    private Map<Integer, Long> perfBuffers = Map.of();
    private Map<Integer, MapFacts> now = new HashMap<>();
    private Map<Integer, List<Integer>> inner = new HashMap<>();

    /**
     * @param split whether what several share is counted in equal parts, not for each
     */
    MapMemory(KernelView kernel, boolean split) {
        this.kernel = kernel;
        this.split = split;
    }

    /**
     * Begins anew with maps of several owners; those of maps that are elements of them count, too.
     *
     * @param buffers bytes of the perf buffers behind a map, by its id; they count where shares are counted
     */
    void begin(Collection<? extends Collection<Integer>> owners, Map<Integer, Long> buffers) {
        perfBuffers = buffers;
        now = new HashMap<>();
        inner = new HashMap<>();
        Map<Integer, Integer> counted = new HashMap<>();
        for (Collection<Integer> maps : owners) {
            for (int map : withInner(maps)) {
                counted.merge(map, 1, Integer::sum);
            }
        }
        holders = counted;
        known.keySet().retainAll(counted.keySet());
    }

    /** Bytes of the maps of one of the owners. */
    long of(Collection<Integer> maps) {
        long sum = 0;
        for (int map : split ? withInner(maps) : new HashSet<>(maps)) {
            long bytes = facts(map).map(MapFacts::memory).orElse(0L);
            if (split) {
                bytes += perfBuffers.getOrDefault(map, 0L);
            }
            sum += split ? bytes / Math.max(1, holders.getOrDefault(map, 1)) : bytes;
        }
        return sum;
    }

    private Set<Integer> withInner(Collection<Integer> maps) {
        Set<Integer> all = new LinkedHashSet<>(maps);
        if (split) {
            for (int map : maps) {
                facts(map)
                        .filter(MapFacts::holdsMaps)
                        .ifPresent(outer -> all.addAll(inner.computeIfAbsent(map, ignored -> kernel.innerMaps(outer))));
            }
        }
        return all;
    }

    private Optional<MapFacts> facts(int map) {
        MapFacts asked = now.get(map);
        if (asked == null) {
            asked = known.get(map);
        }
        if (asked == null) {
            Optional<MapFacts> fresh = kernel.map(map);
            if (fresh.isEmpty()) {
                return fresh;
            }
            asked = fresh.get();
            now.put(map, asked);
            if ((asked.flags() & GROWS) == 0) {
                known.put(map, asked);
            }
        }
        return Optional.of(asked);
    }
}

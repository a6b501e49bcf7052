// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory for values that do not lie in the kernel's bytes: blocks that never move while a record is alive and are all given
 * back by {@link #clear()}. Not thread-safe.
 */
final class ScratchMemory implements AutoCloseable {
    private static final int SMALLEST = 512;
    /** A record, or an array packet, larger than this is the result of a mistake. */
    private static final long LARGEST = 1L << 30;
    /** More than this is not kept for the next record. */
    private static final long LARGEST_KEPT = 1L << 22;
    /** Room behind each value: copies may overwrite so much. */
    private static final int SLACK = Long.BYTES;

    private final List<Arena> arenas = new ArrayList<>(1);
    private long address;
    private long capacity;
    private long used;
    private long total;

    /** The address of {@code size} bytes that stay the caller's until the next {@link #clear()}. */
    long reserve(int size) {
        long needed = (long) size + SLACK;
        if (needed > capacity - used) {
            grow(needed);
        }
        long reserved = address + used;
        used += needed;
        return reserved;
    }

    /** Forgets all values; several blocks become one, so that the next record fits into it. */
    void clear() {
        if (arenas.size() > 1) {
            long wanted = Math.min(total, LARGEST_KEPT);
            close();
            grow(wanted);
        }
        used = 0;
    }

    private void grow(long size) {
        if (total + size > LARGEST) {
            throw new DataSourceException("the values of a record need more than " + LARGEST + " bytes");
        }
        long larger = Math.max(Math.max(SMALLEST, size), 2 * capacity);
        Arena arena = Arena.ofShared();
        address = arena.allocate(larger, Long.BYTES).address();
        arenas.add(arena);
        capacity = larger;
        total += larger;
        used = 0;
    }

    @Override
    public void close() {
        for (Arena arena : arenas) {
            arena.close();
        }
        arenas.clear();
        capacity = 0;
        used = 0;
        total = 0;
    }
}

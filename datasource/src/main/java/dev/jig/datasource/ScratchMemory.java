// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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

    private final List<Arena> older = new ArrayList<>();
    private Arena arena = Arena.global();
    private MemorySegment block = MemorySegment.NULL;
    private long used;
    private long offset;
    private long total;

    /** Reserves {@code size} bytes; afterwards {@link #block()} from {@link #offset()} on is the caller's. */
    void reserve(int size) {
        if (size > block.byteSize() - used) {
            grow(size);
        }
        offset = used;
        used += size;
    }

    MemorySegment block() {
        return block;
    }

    long offset() {
        return offset;
    }

    /** Forgets all values; several blocks become one, so that the next record fits into it. */
    void clear() {
        if (!older.isEmpty()) {
            long wanted = total;
            close();
            grow((int) Math.min(wanted, LARGEST_KEPT));
        }
        used = 0;
    }

    private void grow(int size) {
        long capacity = Math.max(Math.max(SMALLEST, size), 2 * block.byteSize());
        if (total + size > LARGEST) {
            throw new DataSourceException("values of a record need more than " + LARGEST + " bytes");
        }
        if (block.byteSize() > 0) {
            older.add(arena);
        }
        arena = Arena.ofShared();
        block = arena.allocate(capacity, Long.BYTES);
        total += capacity;
        used = 0;
    }

    @Override
    public void close() {
        for (Arena each : older) {
            each.close();
        }
        older.clear();
        if (block.byteSize() > 0) {
            arena.close();
        }
        block = MemorySegment.NULL;
        used = 0;
        total = 0;
    }
}

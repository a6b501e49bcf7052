// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.RecordLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of the records of one read, one behind the other in blocks of native memory that are used again for the next read.
 * No block moves when more are needed, and each holds whole records.
 */
final class RecordMemory implements AutoCloseable {
    private static final long FIRST_BLOCK = 1 << 16;
    private static final long LARGEST_BLOCK = 1 << 22;
    /** More than the largest map that a machine of common size could hold beside it. */
    private static final long LARGEST = 1L << 31;

    private final long recordSize;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> blocks = new ArrayList<>();
    private MemorySegment block = MemorySegment.NULL;
    /** Blocks before this one are full. */
    private int filling = -1;

    private long used;
    private long total;

    RecordMemory(long recordSize) {
        this.recordSize = recordSize;
    }

    /** Forgets all records and keeps the memory. */
    void clear() {
        filling = -1;
        block = MemorySegment.NULL;
        used = 0;
    }

    /** Memory behind the last byte: at least one byte, and room for whole records unless the last one is not whole. */
    MemorySegment room() {
        if (used == block.byteSize()) {
            nextBlock();
        }
        return block.asSlice(used);
    }

    /** Takes bytes that were stored into {@link #room()}. */
    void advance(long bytes) {
        used += bytes;
    }

    private void nextBlock() {
        filling++;
        if (filling == blocks.size()) {
            blocks.add(newBlock());
        }
        block = blocks.get(filling);
        used = 0;
    }

    private MemorySegment newBlock() {
        long wanted = Math.clamp(total, FIRST_BLOCK, LARGEST_BLOCK);
        long size = Math.max(1, wanted / recordSize) * recordSize;
        if (total + size > LARGEST) {
            throw new BpfException("one read gives more than " + LARGEST + " bytes of records");
        }
        total += size;
        return arena.allocate(size, Long.BYTES);
    }

    /** How many bytes there are of a record at the end that is not whole. */
    long torn() {
        return used % recordSize;
    }

    /** Adds all records to an array, which shows them until they are cleared. */
    void addTo(RecordArray array, RecordLayout layout) {
        for (int i = 0; i < filling; i++) {
            array.addAll(layout, blocks.get(i));
        }
        if (used > 0) {
            array.addAll(layout, block.asSlice(0, used));
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.map;

import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.Kernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Reads a hash or array map in batches, optionally taking the elements out, with memory that is reused.
 *
 * <p>A batch that cannot hold one whole hash bucket fails with {@code ENOSPC} (kernel {@code
 * __htab_map_lookup_and_delete_batch}); the batch is then doubled.
 */
public final class BatchReader implements AutoCloseable {
    /** Receives the elements of one batch. */
    @FunctionalInterface
    public interface Consumer {
        /**
         * Takes elements; the segments are valid during the call only.
         *
         * @param keys one behind the other, each as large as the map says
         * @param values one behind the other, each of {@link BpfMap#elementSize()} bytes
         */
        void accept(MemorySegment keys, MemorySegment values, int count);
    }

    /** The cursor is a bucket number or a key: never less than four bytes. */
    private static final int SMALLEST_CURSOR = 4;

    private final BpfMap map;
    private Arena arena;
    private int capacity;
    private MemorySegment keys;
    private MemorySegment values;
    private MemorySegment cursor;
    private MemorySegment nextCursor;

    /**
     * @param capacity elements in the first batches
     */
    public BatchReader(BpfMap map, int capacity) {
        this.map = map;
        this.capacity = capacity;
        this.arena = Arena.ofShared();
        this.keys = MemorySegment.NULL;
        this.values = MemorySegment.NULL;
        this.cursor = MemorySegment.NULL;
        this.nextCursor = MemorySegment.NULL;
        allocate();
    }

    /** Copies all elements. */
    public void read(Consumer consumer) {
        run(BpfCommand.BPF_MAP_LOOKUP_BATCH, consumer);
    }

    /** Takes all elements out: no update between the copy and the removal is lost, each bucket is locked meanwhile. */
    public void drain(Consumer consumer) {
        run(BpfCommand.BPF_MAP_LOOKUP_AND_DELETE_BATCH, consumer);
    }

    private void run(BpfCommand command, Consumer consumer) {
        boolean first = true;
        while (true) {
            try (Arena call = Arena.ofConfined()) {
                BpfAttribute attribute = arguments(call, first);
                long result = command.tryCall(attribute);
                if (result == -Errno.ENOSPC.number()) {
                    grow();
                    continue;
                }
                boolean end = result == -Errno.ENOENT.number();
                if (!end) {
                    Kernel.check(result, command + " " + map);
                }
                consumer.accept(keys, values, attribute.u32(32));
                if (end) {
                    return;
                }
                cursor.copyFrom(nextCursor);
                first = false;
            }
        }
    }

    private BpfAttribute arguments(Arena call, boolean first) {
        return new BpfAttribute(call)
                .pointer(0, first ? MemorySegment.NULL : cursor)
                .pointer(8, nextCursor)
                .pointer(16, keys)
                .pointer(24, values)
                .u32(32, capacity)
                .u32(36, map.descriptor().number());
    }

    private void grow() {
        MemorySegment old = cursor;
        Arena oldArena = arena;
        arena = Arena.ofShared();
        capacity *= 2;
        allocate();
        cursor.copyFrom(old);
        oldArena.close();
    }

    private void allocate() {
        int keySize = map.definition().keySize();
        keys = arena.allocate((long) keySize * capacity, Long.BYTES);
        values = arena.allocate((long) map.elementSize() * capacity, Long.BYTES);
        cursor = arena.allocate(Math.max(keySize, SMALLEST_CURSOR), Long.BYTES);
        nextCursor = arena.allocate(Math.max(keySize, SMALLEST_CURSOR), Long.BYTES);
    }

    @Override
    public void close() {
        arena.close();
    }
}

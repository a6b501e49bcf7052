// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.map.BatchReader;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.map.PossibleCpus;
import dev.jig.datasource.Container;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Makes records of the elements of a map. A map that holds a value for each processor gives a record for each of them,
 * with its number; those of processors that never touched the element are all zero and left out.
 */
final class MapElements implements AutoCloseable {
    private static final int FIRST_BATCH = 1024;

    private final BpfMap map;
    private final Layout layout;
    private final boolean takesOut;
    private final int processors;
    private final long keySize;
    private final long valueSize;
    private final BatchReader batches;
    private final RecordMemory memory = new RecordMemory();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);

    /**
     * Which payloads of a record the parts of an element are.
     *
     * @param processor number of the processor, where each has a value
     */
    record Layout(Container key, Container value, Optional<Container> processor) {}

    MapElements(BpfMap map, Layout layout) {
        this.map = map;
        this.layout = layout;
        int type = map.definition().type();
        this.takesOut = type != MapType.ARRAY && type != MapType.PERCPU_ARRAY;
        this.processors = layout.processor.isPresent() ? PossibleCpus.count() : 1;
        this.keySize = map.definition().keySize();
        this.valueSize = (long) map.elementSize() / processors;
        this.batches = new BatchReader(map, FIRST_BATCH);
    }

    /** Adds a record for each element that is there now. */
    void readInto(RecordArray array) {
        memory.clear();
        if (takesOut) {
            batches.drain(this::keep);
        } else {
            batches.read(this::keep);
        }
        wrap(array);
    }

    private void keep(MemorySegment key, MemorySegment value) {
        for (int processor = 0; processor < processors; processor++) {
            MemorySegment own = value.asSlice(processor * valueSize, valueSize);
            if (processors == 1 || !isZero(own)) {
                memory.append(key, keySize);
                memory.align();
                memory.append(own, valueSize);
                memory.align();
                number.set(ValueLayout.JAVA_INT, 0, processor);
                memory.append(number, Integer.BYTES);
                memory.align();
            }
        }
    }

    private static boolean isZero(MemorySegment value) {
        for (long i = 0; i < value.byteSize(); i++) {
            if (value.get(ValueLayout.JAVA_BYTE, i) != 0) {
                return false;
            }
        }
        return true;
    }

    private void wrap(RecordArray array) {
        MemorySegment bytes = memory.segment();
        long keyRoom = aligned(keySize);
        long valueRoom = aligned(valueSize);
        for (long at = 0; at < bytes.byteSize(); at += keyRoom + valueRoom + Long.BYTES) {
            Record record = array.add();
            layout.key.wrap(record, bytes, at, layout.key.size());
            layout.value.wrap(record, bytes, at + keyRoom, layout.value.size());
            if (layout.processor.isPresent()) {
                layout.processor.get().wrap(record, bytes, at + keyRoom + valueRoom, Integer.BYTES);
            }
        }
    }

    private static long aligned(long size) {
        return (size + Long.BYTES - 1) & -Long.BYTES;
    }

    @Override
    public String toString() {
        return "elements of " + map;
    }

    @Override
    public void close() {
        batches.close();
        memory.close();
        arena.close();
    }
}

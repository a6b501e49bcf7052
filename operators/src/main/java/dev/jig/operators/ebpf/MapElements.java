// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.load.AlternatingMap;
import dev.jig.bpf.map.BatchReader;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.map.PossibleCpus;
import dev.jig.datasource.Container;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.RecordLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Makes records of the elements of a map. A map that holds a value for each processor gives a record for each of them,
 * with its number; those of processors that never touched the element are all zero and left out.
 */
final class MapElements implements AutoCloseable {
    private static final int FIRST_BATCH = 1024;

    private final Optional<AlternatingMap> alternating;
    private final BpfMap map;
    private final RecordLayout layout;
    private final boolean takesOut;
    private final int processors;
    private final long keySize;
    private final long valueSize;
    private final long valueOffset;
    private final long numberOffset;
    private final IdentityHashMap<BpfMap, BatchReader> batches = new IdentityHashMap<>();
    private final RecordMemory memory;

    /**
     * Which payloads of a record the parts of an element are.
     *
     * @param processor number of the processor, where each has a value
     */
    record Parts(Container key, Container value, Optional<Container> processor) {}

    /**
     * @param alternating the map and its twin, if programs fill one while the other is read
     */
    MapElements(BpfMap map, Optional<AlternatingMap> alternating, Parts parts) {
        this.map = map;
        this.alternating = alternating;
        int type = map.definition().type();
        this.takesOut = type != MapType.ARRAY && type != MapType.PERCPU_ARRAY;
        this.processors = parts.processor.isPresent() ? PossibleCpus.count() : 1;
        this.keySize = map.definition().keySize();
        this.valueSize = (long) map.elementSize() / processors;
        this.valueOffset = aligned(keySize);
        this.numberOffset = valueOffset + aligned(valueSize);
        this.layout = layout(parts);
        this.memory = new RecordMemory(layout.stride());
    }

    private RecordLayout layout(Parts parts) {
        List<RecordLayout.Part> places = new ArrayList<>(List.of(
                new RecordLayout.Part(parts.key, 0), new RecordLayout.Part(parts.value, Math.toIntExact(valueOffset))));
        long end = numberOffset;
        if (parts.processor.isPresent()) {
            places.add(new RecordLayout.Part(parts.processor.get(), Math.toIntExact(numberOffset)));
            end += Long.BYTES;
        }
        return new RecordLayout(Math.toIntExact(end), places);
    }

    private static long aligned(long size) {
        return (size + Long.BYTES - 1) & -Long.BYTES;
    }

    /** Adds a record for each element that is there now. */
    void readInto(RecordArray array) {
        memory.clear();
        BpfMap full = alternating.isPresent() ? alternating.get().exchange() : map;
        BatchReader reader = batches.computeIfAbsent(full, key -> new BatchReader(key, FIRST_BATCH));
        if (takesOut) {
            reader.drain(this::keep);
        } else {
            reader.read(this::keep);
        }
        memory.addTo(array, layout);
    }

    private void keep(MemorySegment keys, MemorySegment values, int count) {
        MemorySegment room = MemorySegment.NULL;
        long at = 0;
        long value = 0;
        for (int i = 0; i < count; i++) {
            for (int processor = 0; processor < processors; processor++, value += valueSize) {
                if (processors > 1 && isZero(values, value)) {
                    continue;
                }
                if (at == room.byteSize()) {
                    memory.advance(at);
                    room = memory.room();
                    at = 0;
                }
                MemorySegment.copy(keys, i * keySize, room, at, keySize);
                MemorySegment.copy(values, value, room, at + valueOffset, valueSize);
                if (processors > 1) {
                    room.set(ValueLayout.JAVA_INT, at + numberOffset, processor);
                }
                at += layout.stride();
            }
        }
        memory.advance(at);
    }

    private boolean isZero(MemorySegment values, long offset) {
        for (long i = 0; i < valueSize; i++) {
            if (values.get(ValueLayout.JAVA_BYTE, offset + i) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "elements of " + map;
    }

    @Override
    public void close() {
        batches.values().forEach(BatchReader::close);
        memory.close();
    }
}

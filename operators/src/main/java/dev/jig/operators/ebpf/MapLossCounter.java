// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.PossibleCpus;
import dev.jig.bpf.sys.BpfAttribute;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads how many records the programs could not send: one counter per processor, which only ever grows. */
final class MapLossCounter implements LossCounter {
    private final Arena arena = Arena.ofShared();
    private final BpfMap map;
    private final MemorySegment values;
    private final BpfAttribute lookup;
    private final int processors;
    private long seen;

    MapLossCounter(BpfMap map) {
        this.map = map;
        this.processors = PossibleCpus.count();
        this.values = arena.allocate(map.elementSize(), Long.BYTES);
        this.lookup = map.lookupArguments(arena, arena.allocate(Integer.BYTES), values);
    }

    @Override
    public long poll() {
        if (!map.lookup(lookup)) {
            return 0;
        }
        long total = 0;
        for (int i = 0; i < processors; i++) {
            total += values.getAtIndex(ValueLayout.JAVA_LONG, i);
        }
        long news = total - seen;
        seen = total;
        return news;
    }

    @Override
    public void close() {
        arena.close();
    }
}

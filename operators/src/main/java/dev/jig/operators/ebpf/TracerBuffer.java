// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.map.PossibleCpus;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.ring.PerfBuffer;
import dev.jig.bpf.ring.Ring;
import dev.jig.bpf.ring.RingBuffer;
import dev.jig.bpf.sys.Mapping;
import java.util.Optional;

/**
 * The buffer of a tracer, open.
 *
 * @param losses counts what it has no room for, if anybody does
 */
record TracerBuffer(Ring ring, Optional<LossCounter> losses) {
    /** What each processor has if nobody says anything. */
    private static final int PERF_PAGES = 64;

    /** A ring buffer of programs. */
    static TracerBuffer ofRing(BpfMap map, Optional<BpfMap> lostSamples) {
        return new TracerBuffer(new RingBuffer(map), lostSamples.map(MapLossCounter::new));
    }

    /**
     * The perf buffers of programs.
     *
     * @param bytes of each processor's
     */
    static TracerBuffer ofPerf(BpfMap map, int bytes) {
        PerfBuffer buffer = new PerfBuffer(map, bytes);
        return new TracerBuffer(buffer, Optional.of(new PerfLossCounter(buffer)));
    }

    /** A ring buffer's declaration as that of perf buffers. */
    static MapSpec asPerf(MapSpec ring) {
        return ring.withType(MapType.PERF_EVENT_ARRAY)
                .withSizes(Integer.BYTES, Integer.BYTES)
                .withMaxEntries(0);
    }

    /**
     * How large each processor's part is to be, so that all together are about as large as what the gadget declares.
     *
     * @param declared the tracer's map in the object
     */
    static int perfSize(MapSpec declared) {
        int least = PERF_PAGES * Mapping.PAGE_SIZE;
        if (declared.type() != MapType.RINGBUF) {
            return least;
        }
        int share = Math.max(1, declared.maxEntries() / PossibleCpus.count());
        int rounded = Integer.highestOneBit(share) == share ? share : Integer.highestOneBit(share) << 1;
        return Math.max(least, rounded);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.link.OutputEvent;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.sys.EventPoll;
import dev.jig.bpf.sys.Mapping;
import dev.jig.bpf.sys.ProcessorList;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The rings behind a {@code BPF_MAP_TYPE_PERF_EVENT_ARRAY}, one for each processor that is online when it is opened, and their one consumer. Records are
 * handed out in the order of their times, whatever processor they come from: what is newer than a short while is kept for the next look, as a processor may
 * have taken its time and not yet have written the record.
 */
public final class PerfBuffer implements Ring {
    /** How long a record may be on its way from its time to the ring and still be handed out in order. */
    private static final long WINDOW_NANOS = 50_000;

    private static final int LONGEST_WAIT_MILLIS = 16;

    private final Arena arena = Arena.ofShared();
    private final List<OutputEvent> events = new ArrayList<>();
    private final List<Mapping> mappings = new ArrayList<>();
    private final PerfRing[] rings;
    private final PerfMerge merge;
    private final MemorySegment reading = arena.allocate(2 * Long.BYTES, Long.BYTES);
    private boolean finished;

    /**
     * Opens and maps the rings and puts them into the map.
     *
     * @param map of type {@code BPF_MAP_TYPE_PERF_EVENT_ARRAY}; must outlive this object, which does not close it
     * @param bytes of one processor's ring, a power of two and at least a page
     * @throws dev.jig.bpf.sys.SystemCallException when the kernel refuses
     */
    public PerfBuffer(BpfMap map, int bytes) {
        List<PerfRing> opened = new ArrayList<>();
        try {
            MemorySegment scratch = arena.allocate(PerfRing.LARGEST_RECORD, Long.BYTES);
            for (int processor : ProcessorList.online().numbers()) {
                if (processor < map.definition().maxEntries()) {
                    OutputEvent.open(processor, bytes / 4)
                            .ifPresent(event -> opened.add(add(event, map, processor, bytes, scratch)));
                }
            }
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
        this.rings = opened.toArray(PerfRing[]::new);
        this.merge = new PerfMerge(rings);
        if (rings.length == 0) {
            close();
            throw new BpfException("perf buffer \"" + map.definition().name() + "\" has no room for any processor");
        }
    }

    private PerfRing add(OutputEvent event, BpfMap map, int processor, int bytes, MemorySegment scratch) {
        events.add(event);
        Mapping mapping = Mapping.readWrite(event.descriptor(), 0, (long) Mapping.PAGE_SIZE + bytes);
        mappings.add(mapping);
        map.update(number(processor), number(event.descriptor().number()), BpfMap.ANY);
        event.enable();
        return new PerfRing(mapping.memory(), scratch);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    @Override
    public int drain(RecordHandler handler, int limit) {
        // Before the rings are looked at: what is older has been written, save for the time that writing takes.
        long newest = finished ? PerfRing.NEVER - 1 : System.nanoTime() - WINDOW_NANOS;
        return merge.drain(handler, limit, newest);
    }

    @Override
    public boolean holdsBack() {
        for (PerfRing ring : rings) {
            if (ring.time() != PerfRing.NEVER) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public double fullness() {
        double most = 0;
        for (PerfRing ring : rings) {
            ring.look();
            most = Math.max(most, (double) ring.pending() / ring.size());
        }
        return most;
    }

    @Override
    public long size() {
        long total = 0;
        for (PerfRing ring : rings) {
            total += ring.size();
        }
        return total;
    }

    /** As waking a waiter for each record would slow the watched programs down, somebody has to look now and then. */
    @Override
    public int longestWait() {
        return LONGEST_WAIT_MILLIS;
    }

    @Override
    public void wakeUpBy(EventPoll poll) {
        for (OutputEvent event : events) {
            poll.add(event.descriptor());
        }
    }

    /**
     * Records that did not fit, since the rings were opened. Kernels before 6.0 tell of losses only in front of the next record of the same processor.
     * To be called by one thread at a time.
     */
    public long lost() {
        long total = 0;
        for (int i = 0; i < rings.length; i++) {
            total += events.get(i).countsLosses() ? countedLosses(events.get(i)) : rings[i].lost();
        }
        return total;
    }

    private long countedLosses(OutputEvent event) {
        event.descriptor().read(reading);
        return reading.getAtIndex(ValueLayout.JAVA_LONG, 1);
    }

    @Override
    public void close() {
        mappings.forEach(Mapping::close);
        mappings.clear();
        events.forEach(OutputEvent::close);
        events.clear();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}

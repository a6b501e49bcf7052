// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.ring;

import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.sys.EventPoll;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Mapping;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A mapped {@code BPF_MAP_TYPE_RINGBUF} and its one consumer.
 *
 * <p>Layout ({@code kernel/bpf/ringbuf.c}), in pages:
 *
 * <pre>
 *   offset 0          page            page + size       page + 2 size
 *   +----------------+---------------+-----------------+-----------------+
 *   | consumer_pos   | producer_pos  | data            | data once more  |
 *   | (we write)     | (kernel)      | (kernel)        | (same pages)    |
 *   +----------------+---------------+-----------------+-----------------+
 *
 *   record:  0        4        8
 *            | length | page   | bytes ...           rounded up to 8
 *              bit 31: busy, bit 30: discarded
 * </pre>
 *
 * <p>The data pages are mapped twice in a row, so that no record is ever split. The kernel wakes a waiter when a record
 * is committed at the consumer's position, that is, when the consumer had caught up. {@link #drain} keeps the
 * published position just behind the last record, so that a reader which polls by time is not woken for each event;
 * {@link #release} publishes the true position again.
 */
public final class RingBuffer implements Ring {
    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;
    private static final int HEADER_SIZE = 8;
    /** Records after which the consumed space is given back, so that a long batch does not starve the producer. */
    private static final int PUBLISH_EVERY = 256;

    private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle LENGTH = ValueLayout.JAVA_INT.varHandle();

    private final FileDescriptor descriptor;
    private final long size;
    private final long mask;
    private final Mapping consumer;
    private final Mapping producer;
    private final MemorySegment consumerPage;
    private final MemorySegment producerPage;
    private final MemorySegment data;
    private long consumed;
    private long heldBack;

    /**
     * Maps a ring buffer.
     *
     * @param map of type {@code BPF_MAP_TYPE_RINGBUF}; must outlive this object, which does not close it
     */
    public RingBuffer(BpfMap map) {
        this.descriptor = map.descriptor();
        this.size = Integer.toUnsignedLong(map.definition().maxEntries());
        this.mask = size - 1;
        this.consumer = Mapping.readWrite(descriptor, 0, Mapping.PAGE_SIZE);
        this.producer = mapProducer();
        this.consumerPage = consumer.memory();
        this.producerPage = producer.memory();
        this.data = producerPage.asSlice(Mapping.PAGE_SIZE, 2 * size);
        this.consumed = (long) POSITION.getVolatile(consumerPage, 0L);
        this.heldBack = consumed;
    }

    private Mapping mapProducer() {
        try {
            return Mapping.readOnly(descriptor, Mapping.PAGE_SIZE, Mapping.PAGE_SIZE + 2 * size);
        } catch (RuntimeException refused) {
            consumer.close();
            throw refused;
        }
    }

    /**
     * Hands out the records that are there, at most {@code limit} of them. Positions advance even when the handler
     * throws: a record that it failed on is not seen again.
     *
     * @return how many records were passed over, discarded ones included
     */
    @Override
    public int drain(RecordHandler handler, int limit) {
        int count = 0;
        long position = consumed;
        long available = (long) POSITION.getAcquire(producerPage, 0L);
        try {
            while (position < available && count < limit) {
                long offset = position & mask;
                int header = (int) LENGTH.getAcquire(data, offset);
                if ((header & BUSY) != 0) {
                    break;
                }
                int length = header & ~DISCARDED;
                heldBack = position;
                position += (length + HEADER_SIZE + 7L) & ~7L;
                count++;
                if ((header & DISCARDED) == 0) {
                    handler.onRecord(data, offset + HEADER_SIZE, length);
                }
                if ((count & (PUBLISH_EVERY - 1)) == 0) {
                    POSITION.setRelease(consumerPage, 0L, heldBack);
                }
            }
        } finally {
            consumed = position;
            POSITION.setRelease(consumerPage, 0L, heldBack);
        }
        return count;
    }

    /**
     * Publishes the true position, so that the next record wakes a waiter.
     *
     * @return whether records arrived in the meantime, for which no wake-up will come
     */
    @Override
    public boolean release() {
        heldBack = consumed;
        POSITION.setVolatile(consumerPage, 0L, consumed);
        VarHandle.fullFence();
        return (long) POSITION.getVolatile(producerPage, 0L) != consumed
                && ((int) LENGTH.getVolatile(data, consumed & mask) & BUSY) == 0;
    }

    /** Bytes that the kernel has filled and the consumer not yet passed over. */
    public long pending() {
        return (long) POSITION.getAcquire(producerPage, 0L) - consumed;
    }

    @Override
    public double fullness() {
        return (double) pending() / size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void wakeUpBy(EventPoll poll) {
        poll.add(descriptor);
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}

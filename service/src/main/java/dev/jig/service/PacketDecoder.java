// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * Turns received packets of one data source back into records and emits them. Whatever is missing in a packet reads as zero, and what
 * is too much is passed over. Used by one thread at a time.
 */
final class PacketDecoder implements AutoCloseable {
    private static final int ELEMENT = 3;
    private static final int PAYLOAD = 1;
    private static final int SMALLEST = 1 << 12;

    private final DataSource source;
    private final Optional<FieldWriter> nodeWriter;
    private final int received;
    private final Optional<RecordArray> array;
    private final Optional<Record> single;
    private final WireReader elements = new WireReader();
    private final WireReader payloads = new WireReader();
    private Arena arena = Arena.ofShared();
    private MemorySegment memory = arena.allocate(SMALLEST, Long.BYTES);

    /**
     * @param source has started
     * @param nodeWriter of the field that says where a record is from
     */
    PacketDecoder(DataSource source, Optional<FieldWriter> nodeWriter) {
        this.source = source;
        this.nodeWriter = nodeWriter;
        // The field that says where a record is from was added behind those that are received.
        this.received = source.payloadCount() - (nodeWriter.isPresent() ? 1 : 0);
        boolean ofArrays = source.type() == DataSourceType.ARRAY;
        this.array = ofArrays ? Optional.of(source.newArray()) : Optional.empty();
        this.single = ofArrays ? Optional.empty() : Optional.of(source.newRecord());
    }

    /**
     * Emits a packet.
     *
     * @return how many records it had
     * @throws ServiceException when it is malformed
     */
    int emit(ReceivedPacket packet) {
        if (single.isEmpty()) {
            return emit(List.of(packet));
        }
        reserve(packet.length());
        keep(packet, 0);
        elements.open(packet.message(), packet.offset(), packet.length());
        return emitSingle(single.get(), packet);
    }

    /** Emits several packets of arrays as one array. */
    int emit(List<ReceivedPacket> packets) {
        RecordArray records = array.orElseThrow();
        records.begin();
        long total = 0;
        for (ReceivedPacket packet : packets) {
            total += packet.length();
        }
        reserve(total);
        long start = 0;
        for (ReceivedPacket packet : packets) {
            keep(packet, start);
            append(packet, start, records);
            start += packet.length();
        }
        // What subscribers leave of it does not change what was received.
        int size = records.size();
        source.emit(records);
        return size;
    }

    private void append(ReceivedPacket packet, long start, RecordArray records) {
        elements.open(packet.message(), packet.offset(), packet.length());
        while (elements.next()) {
            if (elements.field() == ELEMENT) {
                elements.bytes();
                fill(records.add(), packet, start);
            } else {
                elements.skip();
            }
        }
    }

    private int emitSingle(Record record, ReceivedPacket packet) {
        record.begin();
        while (elements.next()) {
            if (elements.field() == ELEMENT) {
                elements.bytes();
                fill(record, packet, 0);
                source.emit(record);
                return 1;
            }
            elements.skip();
        }
        return 0;
    }

    /** The data source that records are of. */
    DataSource source() {
        return source;
    }

    private void fill(Record record, ReceivedPacket packet, long start) {
        payloads.open(packet.message(), elements.start(), elements.length());
        int payload = 0;
        while (payloads.next()) {
            if (payloads.field() == PAYLOAD) {
                payloads.bytes();
                if (payload < received && payloads.length() > 0) {
                    record.wrapPayload(payload, memory, start + payloads.start() - packet.offset(), payloads.length());
                }
                payload++;
            } else {
                payloads.skip();
            }
        }
        if (nodeWriter.isPresent()) {
            nodeWriter.get().setBytes(record, packet.node());
        }
    }

    /** Records are read by address: there must be room before the first of a packet is made. */
    private void reserve(long size) {
        if (size > memory.byteSize()) {
            Arena larger = Arena.ofShared();
            memory = larger.allocate(Math.max(size, 2 * memory.byteSize()), Long.BYTES);
            arena.close();
            arena = larger;
        }
    }

    private void keep(ReceivedPacket packet, long start) {
        MemorySegment.copy(packet.message(), packet.offset(), memory, ValueLayout.JAVA_BYTE, start, packet.length());
    }

    @Override
    public void close() {
        array.ifPresent(RecordArray::close);
        single.ifPresent(Record::close);
        arena.close();
    }
}

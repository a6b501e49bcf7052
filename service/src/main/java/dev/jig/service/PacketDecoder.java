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
        boolean ofArrays = source.type() == DataSourceType.ARRAY;
        this.array = ofArrays ? Optional.of(source.newArray()) : Optional.empty();
        this.single = ofArrays ? Optional.empty() : Optional.of(source.newRecord());
    }

    /**
     * Emits a packet.
     *
     * @param node name of the machine that it is from
     * @return how many records it had
     * @throws ServiceException when it is malformed
     */
    int emit(byte[] message, int offset, int length, byte[] node) {
        MemorySegment copy = nativeCopy(message, offset, length);
        elements.open(message, offset, length);
        if (single.isPresent()) {
            return emitSingle(single.get(), message, offset, copy, node);
        }
        RecordArray records = array.orElseThrow();
        records.begin();
        while (elements.next()) {
            if (elements.field() == ELEMENT) {
                elements.bytes();
                Record record = records.add();
                fill(record, message, offset, copy);
                mark(record, node);
            } else {
                elements.skip();
            }
        }
        // Emitted without its records known: what subscribers leave of it does not change what was received.
        int size = records.size();
        source.emit(records);
        return size;
    }

    private int emitSingle(Record record, byte[] message, int offset, MemorySegment copy, byte[] node) {
        record.begin();
        while (elements.next()) {
            if (elements.field() == ELEMENT) {
                elements.bytes();
                fill(record, message, offset, copy);
                mark(record, node);
                source.emit(record);
                return 1;
            }
            elements.skip();
        }
        return 0;
    }

    private void mark(Record record, byte[] node) {
        if (nodeWriter.isPresent()) {
            nodeWriter.get().setBytes(record, node);
        }
    }

    /** The data source that records are of. */
    DataSource source() {
        return source;
    }

    private void fill(Record record, byte[] message, int offset, MemorySegment copy) {
        payloads.open(message, elements.start(), elements.length());
        int count = source.payloadCount();
        int payload = 0;
        while (payloads.next()) {
            if (payloads.field() == PAYLOAD) {
                payloads.bytes();
                if (payload < count && payloads.length() > 0) {
                    record.wrapPayload(payload, copy, (long) payloads.start() - offset, payloads.length());
                }
                payload++;
            } else {
                payloads.skip();
            }
        }
    }

    /** Records are read by address. */
    private MemorySegment nativeCopy(byte[] message, int offset, int length) {
        if (length > memory.byteSize()) {
            Arena larger = Arena.ofShared();
            memory = larger.allocate(Math.max(length, 2 * memory.byteSize()), Long.BYTES);
            arena.close();
            arena = larger;
        }
        MemorySegment.copy(message, offset, memory, ValueLayout.JAVA_BYTE, 0, length);
        return memory;
    }

    @Override
    public void close() {
        array.ifPresent(RecordArray::close);
        single.ifPresent(Record::close);
        arena.close();
    }
}

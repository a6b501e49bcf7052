// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Packet;
import dev.jig.datasource.PayloadWriter;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.Utf8Buffer;

/**
 * Turns packets of one data source into their wire form. A record and an array have the same one but for the number of elements:
 *
 * <pre>
 *   GadgetData, GadgetDataArray   3 DataElement, once or again and again
 *   DataElement                   1 payload, again and again, also where it is empty
 * </pre>
 */
final class PacketEncoder implements AutoCloseable {
    private static final byte ELEMENT = 3 << 3 | 2;
    private static final byte PAYLOAD = 1 << 3 | 2;

    private final PayloadWriter payloads;
    private final int[] ends;
    /** The payloads of one record, before their lengths are known. */
    private final Utf8Buffer record = new Utf8Buffer(0);

    private final Utf8Buffer packet = new Utf8Buffer(0);

    /**
     * Makes a plan for a data source that has started.
     *
     * @param full whether fixed layouts are sent at their full size, as others than our own clients expect
     */
    PacketEncoder(DataSource source, boolean full) {
        payloads = new PayloadWriter(source, full);
        ends = new int[source.payloadCount()];
    }

    byte[] encode(Packet data) {
        packet.clear();
        // Not a pattern switch: this is called for each event.
        if (data instanceof Record single) {
            append(single);
        } else if (data instanceof RecordArray array) {
            int size = array.size();
            for (int i = 0; i < size; i++) {
                append(array.get(i));
            }
        }
        return packet.toByteArray();
    }

    private void append(Record data) {
        record.clear();
        int elementSize = 0;
        for (int i = 0; i < ends.length; i++) {
            int length = payloads.append(data, i, record);
            ends[i] = (int) record.length();
            elementSize += 1 + EventCodec.varintSize(length) + length;
        }
        packet.ensure(elementSize + 2L * Long.BYTES);
        packet.append(ELEMENT);
        appendVarint(elementSize);
        int start = 0;
        for (int end : ends) {
            packet.append(PAYLOAD);
            appendVarint(end - start);
            packet.append(record.address() + start, end - start);
            start = end;
        }
    }

    private void appendVarint(int value) {
        int rest = value;
        while ((rest & -128) != 0) {
            packet.append((byte) (rest | 128));
            rest >>>= 7;
        }
        packet.append((byte) rest);
    }

    @Override
    public void close() {
        record.close();
        packet.close();
    }
}

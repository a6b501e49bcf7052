// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

/**
 * The wire form of events, a protocol buffer that is written and read by hand because many a second pass:
 *
 * <pre>
 *   GadgetEvent       1 type  2 seq  3 payload  4 dataSourceID     zero is left out
 *   batch             1 GadgetEvent, again and again
 * </pre>
 */
final class EventCodec {
    private static final int TYPE = 1 << 3;
    private static final int SEQ = 2 << 3;
    private static final int PAYLOAD = 3 << 3 | 2;
    private static final int DATA_SOURCE = 4 << 3;
    static final int BATCHED = 1 << 3 | 2;
    private static final int SEVEN_BITS = 7;

    private EventCodec() {}

    /** Bytes of an event. */
    static int size(Event event, int seq) {
        int length = event.payload().length;
        return numberSize(event.type())
                + numberSize(seq)
                + (length == 0 ? 0 : 1 + varintSize(length) + length)
                + numberSize(event.dataSource());
    }

    private static int numberSize(int value) {
        return value == 0 ? 0 : 1 + varintSize(value);
    }

    /** Bytes of an unsigned number. */
    static int varintSize(int value) {
        return value == 0 ? 1 : (Integer.SIZE - Integer.numberOfLeadingZeros(value) + SEVEN_BITS - 1) / SEVEN_BITS;
    }

    /** Writes an event; returns where it ends. */
    static int write(Event event, int seq, byte[] out, int start) {
        int end = number(TYPE, event.type(), out, start);
        end = number(SEQ, seq, out, end);
        byte[] payload = event.payload();
        if (payload.length > 0) {
            out[end++] = PAYLOAD;
            end = varint(payload.length, out, end);
            System.arraycopy(payload, 0, out, end, payload.length);
            end += payload.length;
        }
        return number(DATA_SOURCE, event.dataSource(), out, end);
    }

    private static int number(int tag, int value, byte[] out, int start) {
        if (value == 0) {
            return start;
        }
        out[start] = (byte) tag;
        return varint(value, out, start + 1);
    }

    /** Writes an unsigned number; returns where it ends. */
    static int varint(int value, byte[] out, int start) {
        int end = start;
        int rest = value;
        while ((rest & -128) != 0) {
            out[end++] = (byte) (rest | 128);
            rest >>>= SEVEN_BITS;
        }
        out[end++] = (byte) rest;
        return end;
    }

    /**
     * Reads an event.
     *
     * @throws ServiceException when the bytes are none
     */
    static void read(WireReader in, ReceivedEvent event) {
        event.clear();
        while (in.next()) {
            switch (in.field()) {
                case TYPE >>> 3 -> event.type = in.number();
                case SEQ >>> 3 -> event.seq = in.number();
                case DATA_SOURCE >>> 3 -> event.dataSource = in.number();
                case PAYLOAD >>> 3 -> {
                    in.bytes();
                    event.offset = in.start();
                    event.length = in.length();
                }
                default -> in.skip();
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import java.util.List;

/**
 * Many events in one message, for clients that ask for it by the request header {@code jig-batch: 1}; the daemon answers with the same
 * header. The events themselves are those that others get one by one.
 */
final class EventBatch {
    private EventBatch() {}

    static byte[] write(List<EventQueue.Numbered> events) {
        int total = 0;
        for (EventQueue.Numbered event : events) {
            int size = event.size();
            total += 1 + EventCodec.varintSize(size) + size;
        }
        byte[] message = new byte[total];
        int end = 0;
        for (EventQueue.Numbered event : events) {
            message[end++] = EventCodec.BATCHED;
            end = EventCodec.varint(event.size(), message, end);
            end = EventCodec.write(event.event(), event.sequence(), message, end);
        }
        return message;
    }
}

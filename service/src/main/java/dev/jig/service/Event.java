// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.Log;
import java.nio.charset.StandardCharsets;

/**
 * What a daemon tells a client about a run: a packet of a data source, the gadget's description, or a message. Shared by all clients
 * that are told.
 *
 * @param type kind of event; messages have their level in the upper half
 * @param dataSource number of the data source of a packet
 * @param payload in the form that the type asks for; not changed by anybody
 */
record Event(int type, int dataSource, byte[] payload) {
    static final int PACKET = 0;
    static final int GADGET_INFO = 4;

    private static final int LEVEL_SHIFT = 16;

    static Event packet(int dataSource, byte[] payload) {
        return new Event(PACKET, dataSource, payload);
    }

    static Event gadgetInfo(byte[] info) {
        return new Event(GADGET_INFO, 0, info);
    }

    static Event message(Log.Level level, String text) {
        return new Event(LogLevels.toWire(level) << LEVEL_SHIFT, 0, text.getBytes(StandardCharsets.UTF_8));
    }

    boolean isPacket() {
        return type == PACKET;
    }

    /** The level of a message; zero for what is none. */
    static int levelOf(int type) {
        return type >>> LEVEL_SHIFT;
    }
}

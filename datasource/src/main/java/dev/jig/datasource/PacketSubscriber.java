// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** Gets each packet of a data source of either type. */
@FunctionalInterface
public interface PacketSubscriber {
    /** Called on the emitting thread; {@code packet} is valid only during the call. */
    Verdict accept(Packet packet);
}

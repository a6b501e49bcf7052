// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

/**
 * What one daemon does for its clients at most.
 *
 * @param eventsBuffer packets that wait for one client
 * @param runs gadgets that run for clients at the same time
 * @param instances that run without a client
 * @param connections of clients at the same time
 * @param callsPerConnection at the same time
 */
public record ServiceLimits(int eventsBuffer, int runs, int instances, int connections, int callsPerConnection) {
    /** Enough for everybody but those who mean harm. */
    public static final ServiceLimits USUAL = new ServiceLimits(65536, 256, 1024, 1024, 128);

    /** The same with another buffer. */
    public ServiceLimits withEventsBuffer(int packets) {
        return new ServiceLimits(packets, runs, instances, connections, callsPerConnection);
    }
}

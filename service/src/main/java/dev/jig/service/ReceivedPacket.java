// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

/**
 * A packet as it lies in a received message.
 *
 * @param node name, in UTF-8, of the machine that it is from
 */
record ReceivedPacket(byte[] message, int offset, int length, byte[] node) {}

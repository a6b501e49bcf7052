// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

/** An event as it lies in a received message; used again for the next one. */
final class ReceivedEvent {
    int type;
    int seq;
    int dataSource;
    /** Where the payload starts in the message. */
    int offset;

    int length;

    void clear() {
        type = 0;
        seq = 0;
        dataSource = 0;
        offset = 0;
        length = 0;
    }
}

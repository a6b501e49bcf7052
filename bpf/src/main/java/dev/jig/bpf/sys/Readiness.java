// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Waits until a descriptor that does not block takes bytes again ({@code ppoll(2)}). */
public final class Readiness {
    private static final short POLLOUT = 4;
    /** {@code struct pollfd}: descriptor (32 bits), events and results (16 bits each). */
    private static final int SIZE = 8;

    private static final int EVENTS = 4;

    private Readiness() {}

    /**
     * Waits, however long it takes; returns early on a signal.
     *
     * @throws SystemCallException when the descriptor cannot be waited for
     */
    public static void awaitWritable(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(SIZE, Integer.BYTES);
            poll.set(ValueLayout.JAVA_INT, 0, descriptor);
            poll.set(ValueLayout.JAVA_SHORT, EVENTS, POLLOUT);
            long result = Kernel.call(SystemCall.PPOLL, poll.address(), 1, 0, 0, 0, 0);
            if (result != -Errno.EINTR.number()) {
                Kernel.check(result, "ppoll descriptor " + descriptor);
            }
        }
    }
}

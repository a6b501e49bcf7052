// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Signals that whoever started this process had set to be ignored, as shells do with SIGINT for commands in the background
 * ({@code rt_sigaction(2)}). The JVM leaves such signals alone.
 */
public final class IgnoredSignal {
    /** The number of SIGINT on every architecture. */
    public static final int SIGINT = 2;

    /** The number of SIGTERM on every architecture. */
    public static final int SIGTERM = 15;

    private static final long IGNORE = 1;
    /** The kernel's {@code struct sigaction}: handler, flags, restorer, mask. */
    private static final int SIZE = 32;

    private static final int MASK_SIZE = 8;

    private IgnoredSignal() {}

    /**
     * Has a signal that is ignored do what another one does. The JVM's own handler knows what to do for every signal that ends programs,
     * also for those that it found ignored.
     */
    public static void heedAs(int signal, int other) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment action = arena.allocate(SIZE, Long.BYTES);
            change(signal, MemorySegment.NULL, action);
            if (action.get(ValueLayout.JAVA_LONG, 0) == IGNORE) {
                change(other, MemorySegment.NULL, action);
                change(signal, action, MemorySegment.NULL);
            }
        }
    }

    private static void change(int signal, MemorySegment wanted, MemorySegment old) {
        long result = Kernel.call(SystemCall.RT_SIGACTION, signal, wanted.address(), old.address(), MASK_SIZE, 0, 0);
        Kernel.check(result, "rt_sigaction " + signal);
    }
}

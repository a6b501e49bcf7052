// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Asks whether a descriptor is a terminal, and how wide it is. */
public final class Terminal {
    private static final long TIOCGWINSZ = 0x5413;
    /** {@code struct winsize}: rows, columns, and two sizes in pixels, 16 bits each. */
    private static final int SIZE = 8;

    private Terminal() {}

    /** Whether the descriptor is a terminal. */
    public static boolean isTerminal(int descriptor) {
        return columns(descriptor) >= 0;
    }

    /** Character cells in a line; 0 when the terminal does not know. */
    public static int width(int descriptor) {
        return Math.max(0, columns(descriptor));
    }

    private static int columns(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(SIZE);
            long result = Kernel.call(SystemCall.IOCTL, descriptor, TIOCGWINSZ, size.address());
            return result < 0 ? -1 : Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 2));
        }
    }
}

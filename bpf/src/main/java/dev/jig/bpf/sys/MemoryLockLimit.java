// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** How much memory a process may lock. Before Linux 5.11 maps and programs count as such, and the usual limit is too low for any gadget. */
final class MemoryLockLimit {
    private static final int RLIMIT_MEMLOCK = 8;
    private static final long UNLIMITED = -1;

    private MemoryLockLimit() {}

    /** Whether there was a limit and it is gone now. */
    static boolean remove() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment unlimited = arena.allocate(ValueLayout.JAVA_LONG, 2);
            unlimited.setAtIndex(ValueLayout.JAVA_LONG, 0, UNLIMITED);
            unlimited.setAtIndex(ValueLayout.JAVA_LONG, 1, UNLIMITED);
            MemorySegment before = arena.allocate(ValueLayout.JAVA_LONG, 2);
            if (Kernel.call(SystemCall.PRLIMIT64, 0, RLIMIT_MEMLOCK, 0, before.address(), 0, 0) < 0
                    || before.get(ValueLayout.JAVA_LONG, 0) == UNLIMITED) {
                return false;
            }
            return Kernel.call(SystemCall.PRLIMIT64, 0, RLIMIT_MEMLOCK, unlimited.address(), 0, 0, 0) >= 0;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An {@code eventfd(2)} by which one thread ends the waiting of another. */
public final class WakeUp implements AutoCloseable {
    private static final int EFD_CLOEXEC_NONBLOCK = 0x80800;

    private final FileDescriptor descriptor;

    public WakeUp() {
        long result = Kernel.call(SystemCall.EVENTFD2, 0, EFD_CLOEXEC_NONBLOCK, 0);
        this.descriptor = FileDescriptor.own(Kernel.check(result, "eventfd2"), "wake-up");
    }

    /** Makes the descriptor readable, for good. */
    public void signal() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
            Kernel.call(SystemCall.WRITE, descriptor.number(), one.address(), Long.BYTES);
        }
    }

    /** The descriptor, owned by this object. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}

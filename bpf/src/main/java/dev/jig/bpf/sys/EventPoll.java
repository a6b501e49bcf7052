// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An {@code epoll(7)} set that waits for any of its descriptors to become readable.
 *
 * <p>{@code struct epoll_event} is packed on x86-64 (12 bytes) and naturally aligned elsewhere (16 bytes).
 */
public final class EventPoll implements AutoCloseable {
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLLIN = 1;
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int MOST_EVENTS = 16;

    private final Arena arena = Arena.ofShared();
    private final FileDescriptor descriptor;
    private final MemorySegment events;
    private final int eventSize;
    private final int dataOffset;

    public EventPoll() {
        boolean packed = Kernel.architecture() == Architecture.X86_64;
        this.eventSize = packed ? 12 : 16;
        this.dataOffset = packed ? 4 : 8;
        long result = Kernel.call(SystemCall.EPOLL_CREATE1, EPOLL_CLOEXEC, 0, 0);
        this.descriptor = FileDescriptor.own(Kernel.check(result, "epoll_create1"), "epoll set");
        this.events = arena.allocate((long) eventSize * MOST_EVENTS, 8);
    }

    /** Adds a descriptor, which stays the caller's. */
    public void add(FileDescriptor member) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment event = call.allocate(eventSize, 8);
            event.set(ValueLayout.JAVA_INT, 0, EPOLLIN);
            event.set(ValueLayout.JAVA_INT_UNALIGNED, dataOffset, member.number());
            long result = Kernel.call(
                    SystemCall.EPOLL_CTL, descriptor.number(), EPOLL_CTL_ADD, member.number(), event.address(), 0, 0);
            Kernel.check(result, "epoll_ctl " + member);
        }
    }

    /**
     * Waits until a member is readable.
     *
     * @param milliseconds at most; -1 for no bound
     * @return how many members are readable; 0 after the time or an interruption by a signal
     */
    public int await(int milliseconds) {
        long result = Kernel.call(
                SystemCall.EPOLL_PWAIT, descriptor.number(), events.address(), MOST_EVENTS, milliseconds, 0, 0);
        if (result == -Errno.EINTR.number()) {
            return 0;
        }
        return (int) Kernel.check(result, "epoll_pwait");
    }

    @Override
    public void close() {
        descriptor.close();
        arena.close();
    }
}

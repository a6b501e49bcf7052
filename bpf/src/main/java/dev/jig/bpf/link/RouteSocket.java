// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A socket to the kernel's traffic control ({@code netlink(7)}, {@code rtnetlink(7)}), in the network namespace of the thread that opens it. */
final class RouteSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int RECEIVED = 1 << 15;
    private static final int HEADER_SIZE = 16;
    private static final int ERROR = 2;
    private static final int DONE = 3;

    private final FileDescriptor socket;

    RouteSocket() {
        long result = Kernel.call(SystemCall.SOCKET, AF_NETLINK, SOCK_RAW_CLOEXEC, 0);
        socket = FileDescriptor.own(Kernel.check(result, "open route socket"), "route socket");
    }

    /**
     * Sends a request and waits for the kernel's verdict.
     *
     * @return zero, or {@code -errno}
     */
    long tryCall(RouteMessage message) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = exchange(message, arena);
            if (type(answer) != ERROR) {
                throw new BpfException("route socket: answer of type " + type(answer) + " where a verdict is due");
            }
            return answer.get(ValueLayout.JAVA_INT, HEADER_SIZE);
        }
    }

    /**
     * Asks for a list.
     *
     * @return whether the list has any entry; not if the kernel does not know what it should list
     */
    boolean listsAny(RouteMessage message) {
        try (Arena arena = Arena.ofConfined()) {
            int first = type(exchange(message, arena));
            boolean any = first != DONE && first != ERROR;
            int last = first;
            while (last != DONE && last != ERROR) {
                last = lastType(receive(arena));
            }
            return any;
        }
    }

    private MemorySegment exchange(RouteMessage message, Arena arena) {
        MemorySegment bytes = message.finish();
        Kernel.check(
                Kernel.call(SystemCall.WRITE, socket.number(), bytes.address(), bytes.byteSize()),
                "write to route socket");
        return receive(arena);
    }

    private MemorySegment receive(Arena arena) {
        MemorySegment answer = arena.allocate(RECEIVED, Integer.BYTES);
        long size;
        do {
            size = Kernel.call(SystemCall.READ, socket.number(), answer.address(), RECEIVED);
        } while (size == -Errno.EINTR.number());
        Kernel.check(size, "read from route socket");
        if (size < HEADER_SIZE + Integer.BYTES) {
            throw new BpfException("route socket: answer of " + size + " bytes");
        }
        return answer.asSlice(0, size);
    }

    private static int type(MemorySegment message) {
        return Short.toUnsignedInt(message.get(ValueLayout.JAVA_SHORT, 4));
    }

    private static int lastType(MemorySegment messages) {
        long at = 0;
        int type = DONE;
        while (at + HEADER_SIZE <= messages.byteSize()) {
            type = type(messages.asSlice(at));
            at += Math.max(HEADER_SIZE, messages.get(ValueLayout.JAVA_INT, at) + 3 & ~3);
        }
        return type;
    }

    @Override
    public void close() {
        socket.close();
    }
}

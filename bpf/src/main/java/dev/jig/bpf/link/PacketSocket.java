// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A socket that gets a copy of each packet of a network namespace ({@code packet(7)}), with a program as its filter; nobody reads what the filter lets through. */
public final class PacketSocket implements Link {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK_CLOEXEC = 0x80800;
    /** {@code ETH_P_ALL} in network byte order. */
    private static final short ALL_PROTOCOLS = 0x0300;

    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_BPF = 50;
    /** {@code struct sockaddr_ll}: family at 0, protocol at 2, interface at 4, 0 for all. */
    private static final int ADDRESS_SIZE = 20;

    private final FileDescriptor socket;

    private PacketSocket(FileDescriptor socket) {
        this.socket = socket;
    }

    /**
     * Opens a socket in the network namespace of the calling thread.
     *
     * @param filter of type {@code BPF_PROG_TYPE_SOCKET_FILTER}
     * @throws dev.jig.bpf.sys.SystemCallException when the kernel refuses
     */
    public static PacketSocket open(BpfProgram filter) {
        // Without a protocol nothing arrives before the filter is there.
        long result = Kernel.call(SystemCall.SOCKET, AF_PACKET, SOCK_RAW | SOCK_NONBLOCK_CLOEXEC, 0);
        FileDescriptor socket = FileDescriptor.own(Kernel.check(result, "open packet socket"), "packet socket");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number =
                    arena.allocateFrom(ValueLayout.JAVA_INT, filter.descriptor().number());
            result = Kernel.call(
                    SystemCall.SETSOCKOPT,
                    socket.number(),
                    SOL_SOCKET,
                    SO_ATTACH_BPF,
                    number.address(),
                    Integer.BYTES,
                    0);
            Kernel.check(result, "attach " + filter + " to packet socket");
            MemorySegment address = arena.allocate(ADDRESS_SIZE, Integer.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(ValueLayout.JAVA_SHORT, 2, ALL_PROTOCOLS);
            Kernel.check(
                    Kernel.call(SystemCall.BIND, socket.number(), address.address(), ADDRESS_SIZE),
                    "bind packet socket");
            return new PacketSocket(socket);
        } catch (RuntimeException refused) {
            socket.close();
            throw refused;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * A program as a filter of traffic control: {@code tc filter add dev … clsact bpf direct-action}. The kernel keeps it when this process dies; a guardian process then
 * takes it away.
 */
final class ClassicTrafficFilter implements Link {
    private static final int NEW_QUEUE = 36;
    private static final int DELETE_QUEUE = 37;
    private static final int NEW_FILTER = 44;
    private static final int DELETE_FILTER = 45;
    private static final int GET_FILTER = 46;
    private static final int REQUEST_ACKNOWLEDGED = 1 | 4;
    private static final int REQUEST_LIST = 1 | 0x300;
    private static final int CREATE_NEW = 0x400 | 0x200;
    private static final int QUEUE_HANDLE = 0xffff_0000;
    private static final int QUEUE_PARENT = 0xffff_fff1;
    private static final int INGRESS_PARENT = 0xffff_fff2;
    private static final int EGRESS_PARENT = 0xffff_fff3;
    /** Priority 1, and {@code ETH_P_ALL} in network byte order. */
    private static final int FIRST_OF_ALL_PROTOCOLS = 1 << 16 | 0x0300;

    private static final int MOST_HANDLES = 127;
    /** Somebody else may remove a queue that was there, and with it what is to be added to it. */
    private static final int MOST_ATTEMPTS = 3;

    private static final int KIND = 1;
    private static final int OPTIONS = 2;
    private static final int BPF_DESCRIPTOR = 6;
    private static final int BPF_NAME = 7;
    private static final int BPF_FLAGS = 8;
    private static final int DIRECT_ACTION = 1;

    private final int networkInterface;
    private final int parent;
    private final int handle;
    private final boolean ownQueue;
    private final Guardian guardian;

    private ClassicTrafficFilter(int networkInterface, int parent, int handle, boolean ownQueue, Guardian guardian) {
        this.networkInterface = networkInterface;
        this.parent = parent;
        this.handle = handle;
        this.ownQueue = ownQueue;
        this.guardian = guardian;
    }

    /**
     * Adds a filter with the first handle that is free.
     *
     * @throws BpfException when the kernel refuses
     */
    static ClassicTrafficFilter attach(BpfProgram program, int networkInterface, TrafficFilter.Direction direction) {
        int parent = switch (direction) {
            case INGRESS -> INGRESS_PARENT;
            case EGRESS -> EGRESS_PARENT;
        };
        try (RouteSocket socket = new RouteSocket()) {
            for (int attempt = 1; ; attempt++) {
                boolean ownQueue = addQueue(socket, networkInterface);
                Optional<ClassicTrafficFilter> added =
                        add(socket, program, networkInterface, parent, ownQueue, attempt == MOST_ATTEMPTS);
                if (added.isPresent()) {
                    return added.get();
                }
            }
        }
    }

    /**
     * Adds a filter to a queue.
     *
     * @return nothing when the queue is gone, unless that is not to be believed any more
     */
    private static Optional<ClassicTrafficFilter> add(
            RouteSocket socket,
            BpfProgram program,
            int networkInterface,
            int parent,
            boolean ownQueue,
            boolean lastAttempt) {
        for (int handle = 1; handle <= MOST_HANDLES; handle++) {
            Guardian guardian = Guardian.start(networkInterface, parent, handle, ownQueue);
            long result = add(socket, program, networkInterface, parent, handle);
            if (result == 0) {
                return Optional.of(new ClassicTrafficFilter(networkInterface, parent, handle, ownQueue, guardian));
            }
            guardian.dismiss();
            if (result == -Errno.EINVAL.number() && !lastAttempt) {
                return Optional.empty();
            }
            if (result != -Errno.EEXIST.number()) {
                remove(networkInterface, parent, 0, ownQueue);
                throw new SystemCallException(
                        "attach " + program + " to traffic of interface " + networkInterface, Errno.of((int) -result));
            }
        }
        throw new BpfException("interface " + networkInterface + " has " + MOST_HANDLES + " filters already");
    }

    private static boolean addQueue(RouteSocket socket, int networkInterface) {
        try (Arena arena = Arena.ofConfined()) {
            long result = socket.tryCall(new RouteMessage(arena, NEW_QUEUE, REQUEST_ACKNOWLEDGED | CREATE_NEW)
                    .about(networkInterface, QUEUE_HANDLE, QUEUE_PARENT, 0)
                    .text(KIND, "clsact"));
            if (result != 0 && result != -Errno.EEXIST.number()) {
                throw new SystemCallException(
                        "add a clsact queue to interface " + networkInterface, Errno.of((int) -result));
            }
            return result == 0;
        }
    }

    private static long add(RouteSocket socket, BpfProgram program, int networkInterface, int parent, int handle) {
        try (Arena arena = Arena.ofConfined()) {
            return socket.tryCall(new RouteMessage(arena, NEW_FILTER, REQUEST_ACKNOWLEDGED | CREATE_NEW)
                    .about(networkInterface, handle, parent, FIRST_OF_ALL_PROTOCOLS)
                    .text(KIND, "bpf")
                    .nested(OPTIONS)
                    .number(BPF_DESCRIPTOR, program.descriptor().number())
                    .text(BPF_NAME, "ig_net_disp")
                    .number(BPF_FLAGS, DIRECT_ACTION));
        }
    }

    /**
     * Takes a filter away, and the queue when it was ours and has no filter any more. What is not there does not matter.
     *
     * @param handle of the filter, 0 for none
     */
    static void remove(int networkInterface, int parent, int handle, boolean ownQueue) {
        try (RouteSocket socket = new RouteSocket();
                Arena arena = Arena.ofConfined()) {
            if (handle != 0) {
                socket.tryCall(new RouteMessage(arena, DELETE_FILTER, REQUEST_ACKNOWLEDGED)
                        .about(networkInterface, handle, parent, FIRST_OF_ALL_PROTOCOLS)
                        .text(KIND, "bpf"));
            }
            if (ownQueue
                    && !hasFilters(socket, networkInterface, INGRESS_PARENT)
                    && !hasFilters(socket, networkInterface, EGRESS_PARENT)) {
                socket.tryCall(new RouteMessage(arena, DELETE_QUEUE, REQUEST_ACKNOWLEDGED)
                        .about(networkInterface, QUEUE_HANDLE, QUEUE_PARENT, 0)
                        .text(KIND, "clsact"));
            }
        }
    }

    private static boolean hasFilters(RouteSocket socket, int networkInterface, int parent) {
        try (Arena arena = Arena.ofConfined()) {
            return socket.listsAny(
                    new RouteMessage(arena, GET_FILTER, REQUEST_LIST).about(networkInterface, 0, parent, 0));
        }
    }

    @Override
    public void close() {
        if (guardian.dismiss()) {
            remove(networkInterface, parent, handle, ownQueue);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whoever started the daemon, if it follows systemd's conventions: it may hand over a listening socket (sd_listen_fds(3)), and be told how
 * the daemon does (sd_notify(3)).
 */
final class Supervisor {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int LONGEST_PATH = 107;
    private static final int FIRST_INHERITED = 3;

    private final Environment environment;

    Supervisor(Environment environment) {
        this.environment = environment;
    }

    /** Tells something, for instance {@code READY=1}; nobody may be there to hear it. */
    void tell(String text) {
        environment.variable("NOTIFY_SOCKET").ifPresent(path -> send(path, text));
    }

    private static void send(String path, String text) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            return;
        }
        long socket = Kernel.call(SystemCall.SOCKET, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (socket < 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(Short.BYTES + name.length + 1L, Short.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, name.length);
            // A leading @ stands for a name that is in no file system.
            boolean isAbstract = name.length > 0 && name[0] == '@';
            if (isAbstract) {
                address.set(ValueLayout.JAVA_BYTE, Short.BYTES, (byte) 0);
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            long length = address.byteSize() - (isAbstract ? 1 : 0);
            Kernel.call(SystemCall.SENDTO, socket, message.address(), bytes.length, 0, address.address(), length);
        } finally {
            Kernel.call(SystemCall.CLOSE, socket, 0, 0);
        }
    }

    /**
     * The socket that was handed over, if any.
     *
     * @throws CliException when it is none to listen on
     */
    Optional<ServerSocketChannel> inheritedSocket() {
        boolean forUs = environment
                .variable("LISTEN_PID")
                .filter(String.valueOf(ProcessHandle.current().pid())::equals)
                .isPresent();
        String count = environment.variable("LISTEN_FDS").orElse("0");
        if (!forUs || count.equals("0")) {
            return Optional.empty();
        }
        if (!count.equals("1")) {
            throw new CliException("one socket can be handed over, not " + count);
        }
        // The JVM adopts a socket in the place of standard input only.
        long moved = Kernel.call(SystemCall.DUP3, FIRST_INHERITED, 0, 0);
        if (moved < 0) {
            throw new CliException("adopting the socket that was handed over: " + Errno.of((int) -moved));
        }
        try {
            Channel channel = System.inheritedChannel();
            if (channel instanceof ServerSocketChannel listening) {
                return Optional.of(listening);
            }
        } catch (IOException refused) {
            throw new CliException("adopting the socket that was handed over: " + refused.getMessage());
        }
        throw new CliException("what was handed over is no listening socket");
    }
}

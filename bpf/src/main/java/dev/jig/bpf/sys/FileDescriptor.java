// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/** An open file descriptor that belongs to its holder; closing twice is harmless. */
public final class FileDescriptor implements AutoCloseable {
    private static final int CLOSED = -1;
    private static final int AT_FDCWD = -100;
    private static final int O_CLOEXEC = 0x80000;

    private final AtomicInteger number;
    private final String description;

    private FileDescriptor(int number, String description) {
        this.number = new AtomicInteger(number);
        this.description = description;
    }

    /**
     * Takes possession of the descriptor that a call returned.
     *
     * @param description what it stands for, for messages
     */
    public static FileDescriptor own(long number, String description) {
        return new FileDescriptor(Math.toIntExact(number), description);
    }

    /**
     * Opens a file with {@code openat(2)}; close-on-exec is always set.
     *
     * @throws SystemCallException when the kernel refuses
     */
    public static FileDescriptor open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            long result = Kernel.call(SystemCall.OPENAT, AT_FDCWD, name.address(), flags | O_CLOEXEC);
            return own(Kernel.check(result, "open " + path), path);
        }
    }

    /**
     * The number, for a system call.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public int number() {
        int current = number.get();
        if (current == CLOSED) {
            throw new IllegalStateException(description + " is closed");
        }
        return current;
    }

    /** Whether {@link #close()} was not called yet. */
    public boolean isOpen() {
        return number.get() != CLOSED;
    }

    /**
     * Reads with {@code read(2)} into the whole segment.
     *
     * @return bytes read, 0 at the end
     * @throws SystemCallException when the kernel refuses
     */
    public long read(MemorySegment target) {
        long result = Kernel.call(SystemCall.READ, number(), target.address(), target.byteSize());
        return Kernel.check(result, "read " + description);
    }

    @Override
    public void close() {
        int current = number.getAndSet(CLOSED);
        if (current != CLOSED) {
            Kernel.call(SystemCall.CLOSE, current, 0, 0);
        }
    }

    @Override
    public String toString() {
        return description;
    }
}

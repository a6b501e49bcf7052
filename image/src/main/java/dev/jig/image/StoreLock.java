// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/**
 * The lock of a store: flock(2) on a file, which is what upstream's tool holds too. The locks of the JDK are those of fcntl(2), of
 * which flock(2) knows nothing. Held by an open file, it excludes other threads of this process as well.
 */
final class StoreLock implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 02000000;
    private static final int LOCK_EX = 2;
    private static final int EINTR = 4;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPEN = function(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle FLOCK = function(
            "flock",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final int descriptor;

    private StoreLock(int descriptor) {
        this.descriptor = descriptor;
    }

    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
    }

    /**
     * Waits until nobody else holds the lock.
     *
     * @param file which exists
     * @return the lock, released by closing it
     */
    static StoreLock exclusive(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURED);
            int descriptor = open(state, arena.allocateFrom(file.toString()));
            if (descriptor < 0) {
                throw new IOException("opening " + file + ": error " + (int) ERRNO.get(state, 0L));
            }
            StoreLock lock = new StoreLock(descriptor);
            while (flock(state, descriptor) < 0) {
                int error = (int) ERRNO.get(state, 0L);
                if (error != EINTR) {
                    lock.close();
                    throw new IOException("locking " + file + ": error " + error);
                }
            }
            return lock;
        }
    }

    private static int open(MemorySegment state, MemorySegment path) {
        try {
            return (int) OPEN.invokeExact(state, path, O_RDWR | O_CLOEXEC);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall handle declares no checked exception", impossible);
        }
    }

    private static int flock(MemorySegment state, int descriptor) {
        try {
            return (int) FLOCK.invokeExact(state, descriptor, LOCK_EX);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall handle declares no checked exception", impossible);
        }
    }

    /** Releases the lock; the kernel does so when the file's only descriptor is closed. */
    @Override
    public void close() {
        try {
            int ignored = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall handle declares no checked exception", impossible);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** System calls with every argument as the test wants it: what the JDK makes of a file's name and flags is its own. */
final class OpenCalls {
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_CLOEXEC = 02000000;
    private static final int AT_FDCWD = -100;

    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPENAT = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("openat"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT),
                    Linker.Option.firstVariadicArg(3),
                    Linker.Option.captureCallState("errno"));
    private static final MethodHandle CLOSE = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("close"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private OpenCalls() {}

    /** Opens a file and closes it; the descriptor that it had, or the negative error number. */
    static int open(String name, int flags, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
            return open(arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), arena.allocate(STATE), flags, mode);
        }
    }

    /** Fails to open a file, many times. */
    static void storm(String missing, int times) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(missing);
            MemorySegment state = arena.allocate(STATE);
            for (int i = 0; i < times; i++) {
                if (open(name, state, O_RDONLY, 0) >= 0) {
                    throw new AssertionError(missing + " is not missing");
                }
            }
        }
    }

    private static int open(MemorySegment name, MemorySegment state, int flags, int mode) {
        try {
            int descriptor = (int) OPENAT.invokeExact(state, AT_FDCWD, name, flags, mode);
            if (descriptor < 0) {
                return -(int) ERRNO.get(state, 0L);
            }
            if ((int) CLOSE.invokeExact(descriptor) != 0) {
                throw new AssertionError("close failed");
            }
            return descriptor;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The kernel's number of the calling thread, asked for without opening a file. */
    static int threadId() throws IOException {
        String link = Files.readSymbolicLink(Path.of("/proc/thread-self")).toString();
        return Integer.parseInt(link.substring(link.lastIndexOf('/') + 1));
    }

    /** The name that the kernel has of the calling thread. */
    static String threadName() throws IOException {
        return Files.readString(Path.of("/proc/thread-self/comm")).strip();
    }

    /** Gives the calling thread another name in the kernel. */
    static void setThreadName(String name) throws IOException {
        Files.writeString(Path.of("/proc/thread-self/comm"), name);
    }
}

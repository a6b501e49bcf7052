// SPDX-License-Identifier: Apache-2.0
package dev.jig.testing;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What this machine has. */
public final class Machine {
    private static final int OLDEST_CLANG = 18;
    private static final int NEWEST_CLANG = 30;
    private static final int BPF_MAP_CREATE = 0;
    private static final int BPF_MAP_TYPE_ARRAY = 2;
    private static final int MAP_ATTRIBUTE_SIZE = 16;

    private Machine() {}

    /** The architecture as the kernel calls it. */
    public static String name() {
        String java = System.getProperty("os.arch", "");
        return java.equals("amd64") ? "x86_64" : java;
    }

    /** Whether the effective user is root. */
    public static boolean isRoot() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Uid:")) {
                    return line.split("\t", -1)[2].equals("0");
                }
            }
            return false;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Whether a command of this name is on the path. */
    public static boolean hasCommand(String name) {
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }

    /** The newest clang that is new enough. */
    public static Optional<String> clang() {
        for (int version = NEWEST_CLANG; version >= OLDEST_CLANG; version--) {
            if (hasCommand("clang-" + version)) {
                return Optional.of("clang-" + version);
            }
        }
        return Optional.empty();
    }

    /** The folder of the source tree: the first one above the current one that holds the start script. */
    public static Path sourceTree() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("ig")) || !Files.exists(folder.resolve("pom.xml"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " holds ig");
            }
            folder = parent;
        }
        return folder;
    }

    /** Why bpf(2) does not work here; empty if it does. A small map is made to find out: nothing else proves it. */
    public static Optional<String> bpfRefusal() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(MAP_ATTRIBUTE_SIZE, Long.BYTES);
            int[] fields = {BPF_MAP_TYPE_ARRAY, Integer.BYTES, Integer.BYTES, 1};
            MemorySegment.copy(fields, 0, attribute, ValueLayout.JAVA_INT, 0, fields.length);
            return createMap(arena, attribute);
        } catch (IllegalCallerException refused) {
            return Optional.of("the JVM may not call native code: " + refused.getMessage());
        }
    }

    private static Optional<String> createMap(Arena arena, MemorySegment attribute) {
        Linker linker = Linker.nativeLinker();
        MemoryLayout stateLayout = Linker.Option.captureStateLayout();
        VarHandle errno = stateLayout.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        MemorySegment state = arena.allocate(stateLayout);
        long number = name().equals("x86_64") ? 321 : 280;
        try {
            MethodHandle syscall = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.captureCallState("errno"));
            MethodHandle close = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("close"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            long result = (long)
                    syscall.invokeExact(state, number, (long) BPF_MAP_CREATE, attribute, (long) MAP_ATTRIBUTE_SIZE);
            if (result < 0) {
                return Optional.of("bpf(2) fails with error " + (int) errno.get(state, 0L));
            }
            int closed = (int) close.invokeExact((int) result);
            return closed == 0 ? Optional.empty() : Optional.of("a map's descriptor cannot be closed");
        } catch (Throwable unexpected) {
            throw new IllegalStateException("cannot call bpf(2)", unexpected);
        }
    }
}

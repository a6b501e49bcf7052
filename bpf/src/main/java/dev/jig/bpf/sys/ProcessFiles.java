// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import dev.jig.bpf.BpfException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens files as another process sees them, below its root: links cannot lead out of there ({@code openat2(2)}, Linux 5.6). */
public final class ProcessFiles {
    private static final int O_PATH = 0x200000;
    private static final int O_DIRECTORY = 0x10000;
    private static final int O_CLOEXEC = 0x80000;
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_IN_ROOT = 0x10;

    private ProcessFiles() {}

    /**
     * Opens a folder to look up names in, for instance {@code /proc/PID/root}.
     *
     * @throws SystemCallException when the kernel refuses
     */
    public static FileDescriptor openFolder(String path) {
        return FileDescriptor.open(path, O_PATH | O_DIRECTORY);
    }

    /**
     * Looks up a path; absolute ones, and links on the way, are followed as if the folder was the root. The file is not opened for reading.
     *
     * @throws SystemCallException when the kernel refuses
     */
    public static FileDescriptor openBelow(FileDescriptor root, String path) {
        return openBelow(root, path, O_PATH);
    }

    /**
     * As {@link #openBelow(FileDescriptor, String)}.
     *
     * @param flags as for {@code open(2)}; close-on-exec is always set
     */
    public static FileDescriptor openBelow(FileDescriptor root, String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            MemorySegment how = arena.allocate(ValueLayout.JAVA_LONG, 3);
            how.setAtIndex(ValueLayout.JAVA_LONG, 0, flags | O_CLOEXEC);
            how.setAtIndex(ValueLayout.JAVA_LONG, 2, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
            long result =
                    Kernel.call(SystemCall.OPENAT2, root.number(), name.address(), how.address(), how.byteSize(), 0, 0);
            return FileDescriptor.own(Kernel.check(result, "open " + path + " below " + root), path);
        }
    }

    /**
     * The path of an open file, from the top of its mount tree; {@code " (deleted)"} stands behind that of a file that is gone.
     *
     * @throws BpfException when it cannot be read
     */
    public static String pathOf(FileDescriptor file) {
        Path link = Path.of("/proc/self/fd/" + file.number());
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException unreadable) {
            throw new BpfException("readlink " + link + ": " + unreadable.getMessage(), unreadable);
        }
    }
}

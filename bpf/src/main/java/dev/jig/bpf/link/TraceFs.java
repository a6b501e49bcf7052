// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.NearestName;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.PrivateMount;
import dev.jig.bpf.sys.SystemCallException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tracing file system: where it is mounted, or a private mount of our own that no other process sees and that goes
 * with this process ({@code fsopen(2)}, {@code fsmount(2)}; Linux 5.2).
 */
public final class TraceFs implements AutoCloseable {
    private static final Path TRACEFS = Path.of("/sys/kernel/tracing");
    private static final Path UNDER_DEBUGFS = Path.of("/sys/kernel/debug/tracing");

    private final Path root;
    private final Optional<FileDescriptor> privateMount;

    private TraceFs(Path root, Optional<FileDescriptor> privateMount) {
        this.root = root;
        this.privateMount = privateMount;
    }

    /**
     * Finds or mounts it.
     *
     * @throws BpfException when it is not mounted and cannot be
     */
    public static TraceFs open() {
        if (isMounted(TRACEFS)) {
            return new TraceFs(TRACEFS, Optional.empty());
        }
        if (isMounted(UNDER_DEBUGFS)) {
            return new TraceFs(UNDER_DEBUGFS, Optional.empty());
        }
        FileDescriptor mount = mountPrivately();
        return new TraceFs(Path.of("/proc/self/fd/" + mount.number()), Optional.of(mount));
    }

    private static boolean isMounted(Path root) {
        return Files.isDirectory(root.resolve("events"));
    }

    /** A mount without a place in the file system; it goes with the descriptor. */
    static FileDescriptor mountPrivately() {
        try {
            return PrivateMount.of("tracefs");
        } catch (SystemCallException refused) {
            throw new BpfException(
                    "tracefs is not mounted and a private mount failed (" + refused.getMessage()
                            + "); as root: mount -t tracefs tracefs /sys/kernel/tracing",
                    refused);
        }
    }

    /** The directory that holds {@code events}, {@code kprobe_events} and the like. */
    public Path root() {
        return root;
    }

    /**
     * The number of a tracepoint.
     *
     * @throws BpfException when this kernel has none of that name
     */
    public long tracepointId(String group, String name) {
        Path file = root.resolve("events").resolve(group).resolve(name).resolve("id");
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException absent) {
            throw new BpfException(
                    "this kernel has no tracepoint " + group + "/" + name + nearest(group + "/" + name, true), absent);
        } catch (NumberFormatException malformed) {
            throw new BpfException("not a number in the id of tracepoint " + group + "/" + name, malformed);
        }
    }

    /**
     * The end of a message about a tracepoint that does not exist: which one is most like it.
     *
     * @param grouped whether names are group/name
     */
    String nearest(String wanted, boolean grouped) {
        NearestName nearest = new NearestName(wanted);
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(root.resolve("events"), Files::isDirectory)) {
            for (Path group : groups) {
                considerAll(nearest, group, grouped);
            }
        } catch (IOException unreadable) {
            return "";
        }
        return nearest.hint();
    }

    private static void considerAll(NearestName nearest, Path group, boolean grouped) throws IOException {
        try (DirectoryStream<Path> events = Files.newDirectoryStream(group)) {
            for (Path event : events) {
                String name = event.getFileName().toString();
                nearest.consider(grouped ? group.getFileName() + "/" + name : name);
            }
        }
    }

    @Override
    public void close() {
        privateMount.ifPresent(FileDescriptor::close);
    }
}

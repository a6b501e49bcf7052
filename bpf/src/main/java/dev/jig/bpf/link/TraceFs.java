// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.NamePattern;
import dev.jig.bpf.NearestName;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.PrivateMount;
import dev.jig.bpf.sys.SystemCallException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tracing file system: where it is mounted, or a private mount of our own that no other process sees and that goes
 * with this process ({@code fsopen(2)}, {@code fsmount(2)}; Linux 5.2).
 */
public final class TraceFs implements AutoCloseable {
    private static final Path TRACEFS = Path.of("/sys/kernel/tracing");
    /** Enough for each system call or all of a file system; each takes a moment to patch. */
    private static final int MOST_FUNCTIONS = 10_000;

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
     * The kernel's functions that can be traced and fit a pattern, in the order of their addresses, those of modules behind; of functions with the same name only
     * one.
     *
     * @throws BpfException when the kernel does not tell ({@code available_filter_functions}), or too many fit
     */
    public List<String> functions(NamePattern pattern) {
        Path file = root.resolve("available_filter_functions");
        Set<String> found = new LinkedHashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // A module's function has the module's name in brackets behind it.
                int end = line.indexOf(' ');
                String name = end < 0 ? line : line.substring(0, end);
                if (pattern.matches(name)) {
                    found.add(name);
                }
                if (found.size() > MOST_FUNCTIONS) {
                    throw new BpfException("more than " + MOST_FUNCTIONS + " functions of the kernel are called "
                            + pattern.text() + ": give a narrower pattern");
                }
            }
        } catch (IOException refused) {
            throw new BpfException(
                    "this kernel does not tell which of its functions can be traced: " + refused.getMessage(), refused);
        }
        return List.copyOf(found);
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

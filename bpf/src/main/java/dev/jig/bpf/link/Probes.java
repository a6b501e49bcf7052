// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.Architecture;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCallException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Attaches programs to kernel functions and to places in user programs through the {@code kprobe} and {@code uprobe}
 * performance-monitoring units (Linux 4.17).
 */
public final class Probes {
    private static final Path UNITS = Path.of("/sys/bus/event_source/devices");

    private final Architecture architecture;

    public Probes(Architecture architecture) {
        this.architecture = architecture;
    }

    /** Whether the entry or the return of a function is probed. */
    public enum Point {
        ENTRY,
        RETURN
    }

    /** Whether this kernel has the unit for probes in the kernel. */
    public static boolean hasKernelProbes() {
        return Files.isReadable(UNITS.resolve("kprobe").resolve("type"));
    }

    /**
     * Attaches to a kernel function. A name that the kernel lacks is tried once more with the prefix that this
     * architecture's system-call wrappers carry.
     *
     * @param offset bytes behind the function's start; 0 for returns
     * @throws BpfException when the kernel refuses
     */
    public Link kernel(BpfProgram program, String function, long offset, Point point) {
        long event = openKernel(function, offset, point);
        if (isAbsent(event)) {
            long wrapped = openKernel(wrapperPrefix() + function, offset, point);
            event = wrapped >= 0 ? wrapped : event;
        }
        String description = "kprobe " + function;
        if (event < 0) {
            Errno errno = Errno.of((int) -event);
            throw new SystemCallException("attach " + program + " to " + description, errno, explain(errno));
        }
        return PerfEventLink.attach(program, FileDescriptor.own(event, description));
    }

    /**
     * Attaches to a place in a program or library file.
     *
     * @param file the file as this process sees it
     * @param offset bytes from the start of the file
     * @param process a process id, or -1 for all
     * @param referenceCounter offset of a USDT semaphore in the file, 0 for none
     * @throws BpfException when the kernel refuses
     */
    public Link user(BpfProgram program, Path file, long offset, int process, long referenceCounter, Point point) {
        String description = "uprobe " + file + "+0x" + Long.toHexString(offset);
        try (Arena arena = Arena.ofConfined()) {
            long config = configBit("uprobe", point) | referenceCounter << 32;
            PerfEventAttribute attribute = new PerfEventAttribute(arena, unitType("uprobe"), config)
                    .config1(arena.allocateFrom(file.toString()).address())
                    .config2(offset);
            int processor = process < 0 ? 0 : -1;
            long event = Kernel.check(
                    PerfEventLink.tryOpen(attribute, process, processor), "attach " + program + " to " + description);
            return PerfEventLink.attach(program, FileDescriptor.own(event, description));
        }
    }

    private static boolean isAbsent(long event) {
        return event == -Errno.ENOENT.number() || event == -Errno.EINVAL.number();
    }

    private long openKernel(String function, long offset, Point point) {
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttribute attribute = new PerfEventAttribute(arena, unitType("kprobe"), configBit("kprobe", point))
                    .config1(arena.allocateFrom(function).address())
                    .config2(offset);
            return PerfEventLink.tryOpen(attribute, -1, 0);
        }
    }

    private String wrapperPrefix() {
        return switch (architecture) {
            case X86_64 -> "__x64_";
            case ARM64 -> "__arm64_";
        };
    }

    private static String explain(Errno errno) {
        if (errno.equals(Errno.EPERM)) {
            return "this kernel does not let anybody probe its functions (lockdown) or CAP_PERFMON is missing";
        }
        if (errno.equals(Errno.ENOENT)) {
            return "the kernel has no such function, or it was inlined";
        }
        return "";
    }

    private static int unitType(String unit) {
        return readNumber(UNITS.resolve(unit).resolve("type"), "");
    }

    /** {@code format/retprobe} says which bit of {@code config} asks for the return, for instance {@code config:0}. */
    private static long configBit(String unit, Point point) {
        return switch (point) {
            case ENTRY -> 0;
            case RETURN ->
                1L << readNumber(UNITS.resolve(unit).resolve("format").resolve("retprobe"), "config:");
        };
    }

    private static int readNumber(Path file, String prefix) {
        try {
            String text = Files.readString(file).strip();
            return Integer.parseInt(text.substring(prefix.length()));
        } catch (IOException absent) {
            throw new BpfException("this kernel cannot probe functions: " + file + " is missing", absent);
        } catch (NumberFormatException | IndexOutOfBoundsException malformed) {
            throw new BpfException("cannot understand " + file, malformed);
        }
    }
}

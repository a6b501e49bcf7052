// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import dev.jig.bpf.sys.SystemCallException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A program attached to a perf event: by a link on kernels from 5.15 on, before by {@code PERF_EVENT_IOC_SET_BPF}. */
public final class PerfEventLink implements Link {
    private static final int PERF_FLAG_FD_CLOEXEC = 8;
    static final long PERF_EVENT_IOC_ENABLE = 0x2400;
    private static final long PERF_EVENT_IOC_DISABLE = 0x2401;
    private static final long PERF_EVENT_IOC_SET_BPF = 0x40042408;

    private final FileDescriptor event;
    private final Optional<FileDescriptor> link;

    private PerfEventLink(FileDescriptor event, Optional<FileDescriptor> link) {
        this.event = event;
        this.link = link;
    }

    /**
     * Opens an event.
     *
     * @param process a process id, or -1 for all
     * @param processor a number, or -1 for all (with a process)
     * @return a descriptor, or {@code -errno}
     */
    static long tryOpen(PerfEventAttribute attribute, int process, int processor) {
        MemorySegment memory = attribute.memory();
        return Kernel.call(
                SystemCall.PERF_EVENT_OPEN, memory.address(), process, processor, -1, PERF_FLAG_FD_CLOEXEC, 0);
    }

    /**
     * Attaches to an open event.
     *
     * @param event taken over, also when attaching fails
     * @throws SystemCallException when the kernel refuses
     */
    static PerfEventLink attach(BpfProgram program, FileDescriptor event) {
        try {
            long result = BpfLink.tryPerfEvent(program, event);
            if (result >= 0) {
                enable(event);
                return new PerfEventLink(event, Optional.of(FileDescriptor.own(result, "link of " + program)));
            }
            if (result != -Errno.EINVAL.number()) {
                Kernel.check(result, "attach " + program + " to " + event);
            }
            control(event, PERF_EVENT_IOC_SET_BPF, program.descriptor().number(), "attach " + program + " to " + event);
            enable(event);
            return new PerfEventLink(event, Optional.empty());
        } catch (SystemCallException refused) {
            event.close();
            throw refused;
        }
    }

    private static void enable(FileDescriptor event) {
        control(event, PERF_EVENT_IOC_ENABLE, 0, "enable " + event);
    }

    private static void control(FileDescriptor event, long request, long argument, String action) {
        Kernel.check(Kernel.call(SystemCall.IOCTL, event.number(), request, argument), action);
    }

    @Override
    public void close() {
        if (event.isOpen()) {
            Kernel.call(SystemCall.IOCTL, event.number(), PERF_EVENT_IOC_DISABLE, 0);
        }
        link.ifPresent(FileDescriptor::close);
        event.close();
    }
}

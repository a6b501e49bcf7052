// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.ProcessorList;
import dev.jig.bpf.sys.SystemCallException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attaches programs to sampling perf events. */
public final class PerfEvents {
    private static final long SAMPLE_RAW = 0x400;
    private static final int ANY = -1;

    private PerfEvents() {}

    /**
     * Runs a program for samples on each processor that is online, whatever runs there. Processors that come later are not sampled.
     *
     * @throws SystemCallException when the kernel refuses
     */
    public static Link ofProcessors(BpfProgram program, PerfCounter counter, PerfSampling sampling) {
        List<Link> links = new ArrayList<>();
        try {
            for (int processor : ProcessorList.online().numbers()) {
                attach(program, counter, sampling, ANY, processor).ifPresent(links::add);
            }
        } catch (RuntimeException refused) {
            closeAll(links);
            throw refused;
        }
        return () -> closeAll(links);
    }

    /**
     * Runs a program for samples of one thread, on whatever processor it runs.
     *
     * @param thread its number; 0 for the thread that calls
     * @throws SystemCallException when the kernel refuses
     */
    public static Link ofThread(BpfProgram program, PerfCounter counter, PerfSampling sampling, int thread) {
        return attach(program, counter, sampling, thread, ANY)
                .orElseThrow(() ->
                        new SystemCallException("open " + counter.kernelName() + " of thread " + thread, Errno.ENODEV));
    }

    private static void closeAll(List<Link> links) {
        for (Link link : links.reversed()) {
            link.close();
        }
        links.clear();
    }

    /** Nothing for a processor that went offline after it was listed. */
    private static Optional<Link> attach(
            BpfProgram program, PerfCounter counter, PerfSampling sampling, int thread, int processor) {
        String description =
                counter.kernelName() + (processor == ANY ? " of thread " + thread : " on processor " + processor);
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttribute attribute =
                    new PerfEventAttribute(arena, counter.type(), counter.config()).sampleType(SAMPLE_RAW);
            if (sampling instanceof PerfSampling.Frequency frequency) {
                attribute.sampleFrequency(frequency.hertz());
            } else if (sampling instanceof PerfSampling.Period period) {
                attribute.samplePeriod(period.events());
            }
            long event = PerfEventLink.tryOpen(attribute, thread, processor);
            if (event == -Errno.ENODEV.number()) {
                return Optional.empty();
            }
            if (event < 0) {
                Errno errno = Errno.of((int) -event);
                throw new SystemCallException("open " + description, errno, explain(errno));
            }
            return Optional.of(PerfEventLink.attach(program, FileDescriptor.own(event, description)));
        }
    }

    private static String explain(Errno errno) {
        if (errno.equals(Errno.EACCES) || errno.equals(Errno.EPERM)) {
            return "this needs CAP_PERFMON, or a lower sysctl kernel.perf_event_paranoid";
        }
        if (errno.equals(Errno.ENOENT) || errno.equals(Errno.EOPNOTSUPP)) {
            return "this machine has no such counter";
        }
        return errno.equals(Errno.EINVAL) ? "is it more often than sysctl kernel.perf_event_max_sample_rate?" : "";
    }
}

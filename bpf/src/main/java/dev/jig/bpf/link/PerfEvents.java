// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.ProcessorList;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attaches programs to sampling perf events. */
public final class PerfEvents {
    private static final long SAMPLE_RAW = 0x400;

    private PerfEvents() {}

    /**
     * Runs a program at a frequency on each processor that is online, driven by a software event. Processors that come later are not sampled.
     *
     * @param config a number of {@code enum perf_sw_ids}, 0 for the processor clock
     * @param hertz samples per second
     */
    public static Link softwareFrequency(BpfProgram program, int config, long hertz) {
        List<Link> links = new ArrayList<>();
        try {
            for (int processor : ProcessorList.online().numbers()) {
                softwareFrequency(program, config, hertz, processor).ifPresent(links::add);
            }
        } catch (RuntimeException refused) {
            closeAll(links);
            throw refused;
        }
        return () -> closeAll(links);
    }

    private static void closeAll(List<Link> links) {
        for (Link link : links.reversed()) {
            link.close();
        }
        links.clear();
    }

    /** Nothing for a processor that went offline after it was listed. */
    private static Optional<Link> softwareFrequency(BpfProgram program, int config, long hertz, int processor) {
        String description = "software perf event " + config + " on processor " + processor;
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttribute attribute = new PerfEventAttribute(arena, PerfEventAttribute.TYPE_SOFTWARE, config)
                    .sampleFrequency(hertz)
                    .sampleType(SAMPLE_RAW);
            long result = PerfEventLink.tryOpen(attribute, -1, processor);
            if (result == -Errno.ENODEV.number()) {
                return Optional.empty();
            }
            long event = Kernel.check(result, "open " + description);
            return Optional.of(PerfEventLink.attach(program, FileDescriptor.own(event, description)));
        }
    }
}

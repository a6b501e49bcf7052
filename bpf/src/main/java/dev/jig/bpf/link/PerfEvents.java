// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import java.lang.foreign.Arena;

/** Attaches programs to sampling perf events. */
public final class PerfEvents {
    private static final long SAMPLE_RAW = 0x400;

    private PerfEvents() {}

    /**
     * Runs a program at a frequency on one processor, driven by a software event.
     *
     * @param config a number of {@code enum perf_sw_ids}, 0 for the processor clock
     * @param hertz samples per second
     * @param processor its number
     */
    public static Link softwareFrequency(BpfProgram program, int config, long hertz, int processor) {
        String description = "software perf event " + config + " on processor " + processor;
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttribute attribute = new PerfEventAttribute(arena, PerfEventAttribute.TYPE_SOFTWARE, config)
                    .sampleFrequency(hertz)
                    .sampleType(SAMPLE_RAW);
            long event = Kernel.check(PerfEventLink.tryOpen(attribute, -1, processor), "open " + description);
            return PerfEventLink.attach(program, FileDescriptor.own(event, description));
        }
    }
}

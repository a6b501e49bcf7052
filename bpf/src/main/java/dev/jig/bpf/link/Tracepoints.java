// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import java.lang.foreign.Arena;

/** Attaches programs to static tracepoints, as perf events. */
public final class Tracepoints {
    private final TraceFs traceFs;

    public Tracepoints(TraceFs traceFs) {
        this.traceFs = traceFs;
    }

    /**
     * Attaches to a tracepoint on all processors.
     *
     * @throws BpfException when there is none of that name or the kernel refuses
     */
    public Link attach(BpfProgram program, String group, String name) {
        long id = traceFs.tracepointId(group, name);
        String description = "tracepoint " + group + "/" + name;
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttribute attribute =
                    new PerfEventAttribute(arena, PerfEventAttribute.TYPE_TRACEPOINT, id).samplePeriod(1);
            long event = Kernel.check(PerfEventLink.tryOpen(attribute, -1, 0), "open " + description);
            return PerfEventLink.attach(program, FileDescriptor.own(event, description));
        }
    }
}

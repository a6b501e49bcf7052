// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.program;

import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.bpf.sys.FileDescriptor;
import java.lang.foreign.Arena;

/** Has the kernel count how often programs run, as long as this is open ({@code BPF_ENABLE_STATS}, Linux 5.8). */
public final class RunStatistics implements AutoCloseable {
    private final FileDescriptor descriptor;

    private RunStatistics(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Begins to count; each run then takes a little longer.
     *
     * @throws dev.jig.bpf.sys.SystemCallException when the kernel refuses
     */
    public static RunStatistics enable() {
        try (Arena arena = Arena.ofConfined()) {
            long result = BpfCommand.BPF_ENABLE_STATS.call(new BpfAttribute(arena), "of run times");
            return new RunStatistics(FileDescriptor.own(result, "run statistics"));
        }
    }

    /** How often a program ran while anybody counted. */
    public long runs(BpfProgram program) {
        return program.countedRuns();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}

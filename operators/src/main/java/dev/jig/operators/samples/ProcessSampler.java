// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import dev.jig.datasource.RecordArray;
import dev.jig.operators.Sampler;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Looks at all processes. */
final class ProcessSampler implements Sampler {
    private final Path proc;
    private final MachineFacts machine;
    private final ProcessFields fields;
    private Map<Integer, ProcStat> before = Map.of();

    ProcessSampler(Path proc, MachineFacts machine, ProcessFields fields) {
        this.proc = proc;
        this.machine = machine;
        this.fields = fields;
    }

    @Override
    public void sample(RecordArray array, double seconds) {
        Map<Integer, ProcStat> now = new HashMap<>();
        for (int pid : ProcFile.processes(proc)) {
            Path process = proc.resolve(String.valueOf(pid));
            Optional<ProcStat> stat = ProcFile.read(process.resolve("stat")).map(ProcStat::parse);
            Optional<ProcStatus> status =
                    ProcFile.read(process.resolve("status")).map(ProcStatus::parse);
            if (stat.isPresent() && status.isPresent()) {
                now.put(pid, stat.get());
                long namespace = ProcFile.namespace(process.resolve("ns/mnt"));
                long ticks = ticksSince(before.getOrDefault(pid, ProcStat.NONE), stat.get());
                fields.fill(
                        array.add(),
                        new SeenProcess(machine, pid, status.get(), stat.get(), namespace, ticks, seconds));
            }
        }
        before = now;
    }

    /** Numbers are used again: a process that started later is another one. */
    private static long ticksSince(ProcStat before, ProcStat now) {
        return before.start() != now.start() ? 0 : now.busy() - before.busy();
    }
}

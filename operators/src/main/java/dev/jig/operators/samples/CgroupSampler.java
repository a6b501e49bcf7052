// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import dev.jig.datasource.RecordArray;
import dev.jig.operators.Sampler;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the control groups that processes are in. */
final class CgroupSampler implements Sampler {
    private final Path proc;
    private final List<CpuHierarchy> hierarchies;
    private final CgroupFields fields;
    private Map<Group, CpuLimits> before = Map.of();

    private record Group(CpuHierarchy hierarchy, String path) {}

    CgroupSampler(Path proc, List<CpuHierarchy> hierarchies, CgroupFields fields) {
        this.proc = proc;
        this.hierarchies = hierarchies;
        this.fields = fields;
    }

    @Override
    public void sample(RecordArray array, double seconds) {
        Map<Group, CpuLimits> now = new HashMap<>();
        groups().forEach((group, process) -> group.hierarchy.limits(group.path).ifPresent(limits -> {
            now.put(group, limits);
            CpuLimits last = before.get(group);
            if (last != null && (limits.periods() > last.periods() || limits.throttled() > last.throttled())) {
                fields.fill(array.add(), group.path, last, limits, ProcFile.namespace(process.resolve("ns/mnt")));
            }
        }));
        before = now;
    }

    /** All groups, each with one of its processes. */
    private Map<Group, Path> groups() {
        Map<Group, Path> groups = new LinkedHashMap<>();
        for (int pid : ProcFile.processes(proc)) {
            Path process = proc.resolve(String.valueOf(pid));
            for (CpuHierarchy hierarchy : hierarchies) {
                hierarchy.pathOf(process).ifPresent(path -> groups.putIfAbsent(new Group(hierarchy, path), process));
            }
        }
        return groups;
    }
}

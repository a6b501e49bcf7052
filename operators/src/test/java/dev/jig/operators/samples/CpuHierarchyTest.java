// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuHierarchyTest {
    @TempDir
    private Path folder = Path.of("");

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void mount(String line) throws IOException {
        write("proc/self/mountinfo", line.replace("@", folder.toString()));
    }

    @Test
    void shouldReadTheUnifiedHierarchy() throws IOException {
        mount("30 1 0:26 / @/cg rw - cgroup2 cgroup2 rw,nsdelegate\n");
        write("proc/7/cgroup", "4:cpu,cpuacct:/old\n0::/a/b\n");
        write("cg/a/b/cpu.max", "20000 100000\n");
        write("cg/a/b/cpu.stat", "usage_usec 5\nnr_periods 10\nnr_throttled 4\nthrottled_usec 250\n");
        write("cg/a/b/cpu.pressure", "some avg10=1.50 avg60=0.25 avg300=0.00 total=1\nfull avg10=9.00 avg60=9.00\n");

        CpuHierarchy hierarchy = CpuHierarchy.find(folder.resolve("proc")).getFirst();
        String path = hierarchy.pathOf(folder.resolve("proc/7")).orElseThrow();

        assertThat(path).isEqualTo("/a/b");
        assertThat(hierarchy.limits(path)).hasValue(new CpuLimits(10, 4, 250_000, 20_000_000, 100_000_000, 1.5, 0.25));
    }

    @Test
    void shouldReadTheHierarchyOfTheController() throws IOException {
        mount("30 1 0:26 / @/cpu rw - cgroup cgroup rw,cpu,cpuacct\n31 1 0:27 / @/set rw - cgroup cgroup rw,cpuset\n");
        write("proc/7/cgroup", "5:cpuset:/wrong\n4:cpu,cpuacct:/x\n0::/\n");
        write("cpu/x/cpu.cfs_quota_us", "50000\n");
        write("cpu/x/cpu.cfs_period_us", "100000\n");
        write("cpu/x/cpu.stat", "nr_periods 3\nnr_throttled 2\nthrottled_time 77\n");

        List<CpuHierarchy> found = CpuHierarchy.find(folder.resolve("proc"));

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().pathOf(folder.resolve("proc/7"))).hasValue("/x");
        assertThat(found.getFirst().limits("/x")).hasValue(new CpuLimits(3, 2, 77, 50_000_000, 100_000_000, 0, 0));
    }

    @Test
    void shouldPassOverGroupsWithoutLimit() throws IOException {
        write("cg/a/cpu.max", "max 100000\n");
        write("cpu/a/cpu.cfs_quota_us", "-1\n");

        assertThat(new CpuHierarchy.Version2(folder.resolve("cg")).limits("/a")).isEmpty();
        assertThat(new CpuHierarchy.Version2(folder.resolve("cg")).limits("/gone"))
                .isEmpty();
        assertThat(new CpuHierarchy.Version1(folder.resolve("cpu")).limits("/a"))
                .isEmpty();
        assertThat(new CpuHierarchy.Version1(folder.resolve("cpu")).limits("/gone"))
                .isEmpty();
    }

    @Test
    void shouldFindNothingWithoutMounts() {
        assertThat(CpuHierarchy.find(folder.resolve("proc"))).isEmpty();
        assertThat(new CpuHierarchy.Version2(folder).pathOf(folder.resolve("proc/7")))
                .isEmpty();
    }
}

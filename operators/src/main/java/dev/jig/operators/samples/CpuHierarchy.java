// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Where control groups limit processor time: the unified hierarchy (version 2), or that of the {@code cpu} controller of version 1, which counts the same
 * (Documentation/admin-guide/cgroup-v2.rst, Documentation/scheduler/sched-bwc.rst).
 */
sealed interface CpuHierarchy {
    /** The path of a process's group below the root of the hierarchy. */
    Optional<String> pathOf(Path process);

    /** What the kernel tells about a group; nothing when its processor time is not limited. */
    Optional<CpuLimits> limits(String path);

    /** The hierarchies that are mounted here, the one with the controller first. */
    static List<CpuHierarchy> find(Path proc) {
        List<CpuHierarchy> found = new ArrayList<>();
        for (String line :
                ProcFile.read(proc.resolve("self/mountinfo")).orElse("").lines().toList()) {
            List<String> words = Arrays.asList(line.split(" ", -1));
            int dash = words.indexOf("-");
            if (dash > 0 && words.size() > dash + 3) {
                Path mount = Path.of(words.get(4));
                String options = "," + words.get(dash + 3) + ",";
                if (words.get(dash + 1).equals("cgroup") && options.contains(",cpu,")) {
                    found.add(new Version1(mount));
                } else if (words.get(dash + 1).equals("cgroup2")) {
                    found.addFirst(new Version2(mount));
                }
            }
        }
        return List.copyOf(found);
    }

    private static Optional<String> line(Path process, String controller) {
        for (String line :
                ProcFile.read(process.resolve("cgroup")).orElse("").lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && ("," + parts[1] + ",").contains("," + controller + ",")) {
                return Optional.of(parts[2]);
            }
        }
        return Optional.empty();
    }

    private static Path group(Path mount, String path) {
        return mount.resolve(path.startsWith("/") ? path.substring(1) : path);
    }

    /** The number behind a word in lines of words and numbers; 0 where there is none. */
    private static long number(Path file, String word) {
        StringTokenizer words = new StringTokenizer(ProcFile.read(file).orElse(""));
        while (words.hasMoreTokens()) {
            if (words.nextToken().equals(word) && words.hasMoreTokens()) {
                return Long.parseLong(words.nextToken());
            }
        }
        return 0;
    }

    private static double average(Path file, String name) {
        String text = ProcFile.read(file).orElse("");
        int start = text.indexOf(name + "=");
        if (!text.startsWith("some ") || start < 0 || start > text.indexOf('\n')) {
            return 0;
        }
        return Double.parseDouble(text.substring(start + name.length() + 1, text.indexOf(' ', start)));
    }

    /** The unified hierarchy. */
    record Version2(Path mount) implements CpuHierarchy {
        private static final int MICROSECOND = 1000;

        @Override
        public Optional<String> pathOf(Path process) {
            return line(process, "");
        }

        @Override
        public Optional<CpuLimits> limits(String path) {
            Path group = group(mount, path);
            StringTokenizer max =
                    new StringTokenizer(ProcFile.read(group.resolve("cpu.max")).orElse("max"));
            String quota = max.nextToken();
            if (quota.equals("max") || !max.hasMoreTokens()) {
                return Optional.empty();
            }
            Path stat = group.resolve("cpu.stat");
            Path pressure = group.resolve("cpu.pressure");
            return Optional.of(new CpuLimits(
                    number(stat, "nr_periods"),
                    number(stat, "nr_throttled"),
                    number(stat, "throttled_usec") * MICROSECOND,
                    Long.parseLong(quota) * MICROSECOND,
                    Long.parseLong(max.nextToken()) * MICROSECOND,
                    average(pressure, "avg10"),
                    average(pressure, "avg60")));
        }
    }

    /** That of the {@code cpu} controller. */
    record Version1(Path mount) implements CpuHierarchy {
        private static final int MICROSECOND = 1000;

        @Override
        public Optional<String> pathOf(Path process) {
            return line(process, "cpu");
        }

        @Override
        public Optional<CpuLimits> limits(String path) {
            Path group = group(mount, path);
            long quota = wholeFile(group.resolve("cpu.cfs_quota_us"));
            if (quota <= 0) {
                return Optional.empty();
            }
            Path stat = group.resolve("cpu.stat");
            return Optional.of(new CpuLimits(
                    number(stat, "nr_periods"),
                    number(stat, "nr_throttled"),
                    number(stat, "throttled_time"),
                    quota * MICROSECOND,
                    wholeFile(group.resolve("cpu.cfs_period_us")) * MICROSECOND,
                    0,
                    0));
        }

        private static long wholeFile(Path file) {
            return Long.parseLong(ProcFile.read(file).orElse("-1").strip());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What this process itself takes, under the names that Prometheus' own clients use. */
final class ProcessMetrics {
    private static final double NANOSECONDS = 1e9;
    private static final int KIBIBYTE = 1024;

    private ProcessMetrics() {}

    static void addTo(PrometheusPage page) {
        Map<String, String> target = new LinkedHashMap<>();
        target.put("service_name", "ig");
        target.put("telemetry_sdk_language", "java");
        target.put("telemetry_sdk_name", "jig");
        page.add("target_info", MetricField.Role.GAUGE, "Target metadata", target, new MetricValue.Level(1));
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(time -> page.add(
                        "process_cpu_seconds_total",
                        MetricField.Role.COUNTER,
                        "Processor time of this process in seconds",
                        Map.of(),
                        new MetricValue.Total(time.toNanos() / NANOSECONDS)));
        long resident = resident();
        if (resident > 0) {
            page.add(
                    "process_resident_memory_bytes",
                    MetricField.Role.GAUGE,
                    "Resident memory of this process in bytes",
                    Map.of(),
                    new MetricValue.Level(resident));
        }
    }

    private static long resident() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    String[] words = line.split("\\s+", -1);
                    return Long.parseLong(words[1]) * KIBIBYTE;
                }
            }
        } catch (IOException | NumberFormatException hidden) {
            return 0;
        }
        return 0;
    }
}

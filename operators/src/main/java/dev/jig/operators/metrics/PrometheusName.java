// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import java.util.Map;

/** Names as Prometheus permits them (OpenTelemetry specification, Prometheus and OpenMetrics compatibility). */
final class PrometheusName {
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            Map.entry("kBy", "kilobytes"),
            Map.entry("MBy", "megabytes"),
            Map.entry("GBy", "gigabytes"),
            Map.entry("Hz", "hertz"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("%", "percent"));

    private PrometheusName() {}

    /** The name of a metric, with its unit, and for counters with what counters end in. */
    static String of(Metric metric) {
        String name = metric(metric.name());
        String unit = unit(metric);
        boolean counter = metric.role() == MetricField.Role.COUNTER;
        if (counter && name.endsWith("_total")) {
            name = name.substring(0, name.length() - "_total".length());
        }
        if (!unit.isEmpty() && !name.endsWith(unit)) {
            name += "_" + unit;
        }
        return counter ? name + "_total" : name;
    }

    private static String unit(Metric metric) {
        String unit = metric.unit();
        if (unit.equals("1")) {
            return metric.role() == MetricField.Role.GAUGE ? "ratio" : "";
        }
        if (unit.startsWith("{")) {
            return "";
        }
        String known = UNITS.getOrDefault(unit, unit);
        return trimmed(metric(known));
    }

    private static String trimmed(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && name.charAt(start) == '_') {
            start++;
        }
        while (end > start && name.charAt(end - 1) == '_') {
            end--;
        }
        return name.substring(start, end);
    }

    /** Whatever is no letter, digit or colon becomes an underscore, several of them one. */
    private static String metric(String text) {
        StringBuilder name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fine = isLetter(c) || c == ':' || c >= '0' && c <= '9';
            if (fine) {
                name.append(c);
            } else if (name.isEmpty() || name.charAt(name.length() - 1) != '_') {
                name.append('_');
            }
        }
        return name.toString();
    }

    /** The name of a label. */
    static String label(String text) {
        StringBuilder name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            name.append(isLetter(c) || c == '_' || c >= '0' && c <= '9' && i > 0 ? c : '_');
        }
        return name.toString();
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}

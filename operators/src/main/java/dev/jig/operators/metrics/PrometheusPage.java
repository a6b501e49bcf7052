// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Metrics in Prometheus' text format 0.0.4: families by name, series by their labels. Series of the same name and labels,
 * for instance of two runs, become one.
 */
final class PrometheusPage {
    private final Map<String, Family> families = new TreeMap<>();

    /** All series of a name; values by the text of their labels. */
    private record Family(String type, String help, Map<String, MetricValue> series) {}

    /** Takes a series. */
    void add(String name, MetricField.Role role, String description, Map<String, String> labels, MetricValue value) {
        add(name, role.text(), description, labels(labels), value);
    }

    /** Takes a series whose labels are text already. */
    void add(String name, String type, String description, String labels, MetricValue value) {
        Family family = families.computeIfAbsent(name, ignored -> new Family(type, description, new TreeMap<>()));
        if (family.type.equals(type)) {
            family.series.merge(labels, value, MetricValue::with);
        }
    }

    /** Labels by their names, as they stand on the page. */
    static String labels(Map<String, String> labels) {
        StringBuilder text = new StringBuilder();
        Map<String, String> sorted = new TreeMap<>();
        labels.forEach((name, value) -> sorted.put(PrometheusName.label(name), value));
        for (Map.Entry<String, String> label : sorted.entrySet()) {
            text.append(text.isEmpty() ? "" : ",").append(label.getKey()).append("=\"");
            appendEscaped(text, label.getValue());
            text.append('"');
        }
        return text.toString();
    }

    private static void appendEscaped(StringBuilder text, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }

    /** The whole page. */
    String text() {
        StringBuilder page = new StringBuilder();
        for (Map.Entry<String, Family> entry : families.entrySet()) {
            String name = entry.getKey();
            Family family = entry.getValue();
            page.append("# HELP ").append(name).append(' ');
            page.append(family.help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
            page.append("# TYPE ").append(name).append(' ').append(family.type).append('\n');
            family.series.forEach((labels, value) -> append(page, name, labels, value));
        }
        return page.toString();
    }

    private static void append(StringBuilder page, String name, String labels, MetricValue value) {
        switch (value) {
            case MetricValue.Total total -> line(page, name, labels, total.sum());
            case MetricValue.Level level -> line(page, name, labels, level.value());
            case MetricValue.Buckets buckets -> append(page, name, labels, buckets);
        }
    }

    private static void append(StringBuilder page, String name, String labels, MetricValue.Buckets buckets) {
        long count = 0;
        String before = labels.isEmpty() ? "" : labels + ",";
        for (int i = 0; i <= buckets.bounds().length; i++) {
            count += buckets.counts()[i];
            StringBuilder bound = new StringBuilder(before).append("le=\"");
            double end = i < buckets.bounds().length ? buckets.bounds()[i] : Double.POSITIVE_INFINITY;
            PrometheusNumber.append(bound, end);
            line(page, name + "_bucket", bound.append('"').toString(), (double) count);
        }
        line(page, name + "_sum", labels, buckets.sum());
        line(page, name + "_count", labels, (double) count);
    }

    private static void line(StringBuilder page, String name, String labels, double value) {
        page.append(name);
        if (!labels.isEmpty()) {
            page.append('{').append(labels).append('}');
        }
        page.append(' ');
        PrometheusNumber.append(page, value);
        page.append('\n');
    }

    /** The same for another process of ours, a line for each series; {@link #addLines} reads it. */
    String lines() {
        StringBuilder lines = new StringBuilder();
        families.forEach((name, family) -> family.series.forEach((labels, value) -> {
            lines.append(name).append('\t').append(family.type).append('\t');
            lines.append(family.help.replace('\t', ' ').replace('\n', ' ')).append('\t');
            append(lines, value);
            // What is behind the last tabulator may have some of its own.
            lines.append('\t').append(labels).append('\n');
        }));
        return lines.toString();
    }

    private static void append(StringBuilder lines, MetricValue value) {
        switch (value) {
            case MetricValue.Total total -> lines.append("total ").append(total.sum());
            case MetricValue.Level level -> lines.append("level ").append(level.value());
            case MetricValue.Buckets buckets -> {
                lines.append("buckets ")
                        .append(buckets.sum())
                        .append(' ')
                        .append(buckets.counts()[buckets.bounds().length]);
                for (int i = 0; i < buckets.bounds().length; i++) {
                    lines.append(' ').append(buckets.bounds()[i]).append(' ').append(buckets.counts()[i]);
                }
            }
        }
    }

    /** Takes the series of another process; lines that are none are passed over. */
    void addLines(String lines) {
        for (String line : lines.split("\n", -1)) {
            String[] parts = line.split("\t", 5);
            if (parts.length == 5) {
                value(parts[3].split(" ", -1)).ifPresent(value -> add(parts[0], parts[1], parts[2], parts[4], value));
            }
        }
    }

    private static Optional<MetricValue> value(String[] words) {
        try {
            return switch (words[0]) {
                case "total" -> Optional.of(new MetricValue.Total(Double.parseDouble(words[1])));
                case "level" -> Optional.of(new MetricValue.Level(Double.parseDouble(words[1])));
                case "buckets" -> Optional.of(buckets(words));
                default -> Optional.empty();
            };
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException torn) {
            return Optional.empty();
        }
    }

    private static MetricValue buckets(String[] words) {
        int count = (words.length - 3) / 2;
        double[] bounds = new double[count];
        long[] counts = new long[count + 1];
        for (int i = 0; i < count; i++) {
            bounds[i] = Double.parseDouble(words[3 + 2 * i]);
            counts[i] = Long.parseLong(words[4 + 2 * i]);
        }
        counts[count] = Long.parseLong(words[2]);
        return new MetricValue.Buckets(bounds, counts, Double.parseDouble(words[1]));
    }
}

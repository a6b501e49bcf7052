// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Kind;
import dev.jig.datasource.Packet;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.GadgetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The metrics of one data source of one run. The thread with the data feeds it, any other may ask. */
final class ExportedSource {
    /** Said by sources whose packets list all there is: what is missing from one is gone. */
    static final String COMPLETE = "jig.metrics.complete";

    /** Combinations of keys beyond this are counted together. */
    static final int MOST_SERIES = 20_000;

    private final DataSource source;
    private final String scope;
    private final boolean newer;
    private final boolean complete;
    private final List<MetricField> keys = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();
    private final List<Function<Record, String>> keyReaders = new ArrayList<>();
    private final List<Supplier<Point>> makers = new ArrayList<>();
    private final Map<List<String>, Series> series = new HashMap<>();
    private final int mostSeries;
    private long packets;

    /** All metrics for one combination of keys. */
    private static final class Series {
        private final Map<String, String> labels;
        private final String text;
        private final List<Point> points = new ArrayList<>();
        private long seen;

        Series(Map<String, String> labels, String text) {
            this.labels = labels;
            this.text = text;
        }
    }

    /**
     * @param scope name of the instrumentation scope
     * @param newer whether series are labelled as newer exporters do
     * @throws GadgetException when a metric has a name or a field that no metric can have
     */
    ExportedSource(DataSource source, String scope, boolean newer, int mostSeries) {
        this.source = source;
        this.scope = scope;
        this.newer = newer;
        this.mostSeries = mostSeries;
        complete = source.annotation(COMPLETE).filter("true"::equals).isPresent();
        source.annotation("metrics.implicit-counter.name")
                .map(Metric::ofRecords)
                .ifPresent(metrics::add);
        for (MetricField field : MetricField.of(source)) {
            if (field.role() == MetricField.Role.KEY) {
                checkKey(field);
                keys.add(field);
            } else {
                metrics.add(Metric.of(field));
            }
        }
    }

    private static void checkKey(MetricField key) {
        Kind kind = key.field().kind();
        if (kind.isArray() || kind == Kind.INVALID || kind == Kind.BYTES) {
            throw new GadgetException("adding key for \"" + key.field().fullName()
                    + "\": unsupported field type for metrics key: " + kind.displayName());
        }
    }

    String scope() {
        return scope;
    }

    boolean newer() {
        return newer;
    }

    List<Metric> metrics() {
        return metrics;
    }

    /** From now on records count; the layout of the data source is fixed soon. */
    void subscribe(int priority) {
        if (!metrics.isEmpty()) {
            source.subscribePacket(priority, this::take);
        }
    }

    private void resolve() {
        for (MetricField key : keys) {
            keyReaders.add(record -> record.text(key.field()));
        }
        for (Metric metric : metrics) {
            makers.add(Points.of(metric));
        }
    }

    private synchronized Verdict take(Packet packet) {
        if (makers.isEmpty()) {
            resolve();
        }
        packets++;
        switch (packet) {
            case Record single -> count(single);
            case RecordArray array -> {
                for (int i = 0; i < array.size(); i++) {
                    count(array.get(i));
                }
            }
        }
        if (complete) {
            series.values().removeIf(old -> old.seen != packets);
        }
        return Verdict.KEEP;
    }

    private void count(Record record) {
        List<String> key = new ArrayList<>(keyReaders.size());
        for (Function<Record, String> reader : keyReaders) {
            key.add(reader.apply(record));
        }
        Series found = series.get(key);
        if (found == null) {
            // The empty list stands for all that there is no room for; without keys there is only that one.
            List<String> place = series.size() < mostSeries ? key : List.of();
            found = series.computeIfAbsent(place, this::newSeries);
        }
        found.seen = packets;
        for (Point point : found.points) {
            point.take(record);
        }
    }

    private Series newSeries(List<String> key) {
        Map<String, String> labels = labels(key);
        Series fresh = new Series(labels, text(labels));
        makers.forEach(maker -> fresh.points.add(maker.get()));
        return fresh;
    }

    /** Who wants to know how metrics stand. */
    interface Reader {
        /**
         * Takes a series.
         *
         * @param labels values by the names of the keys, and an overflow's mark
         * @param text the labels with those of the scope, as Prometheus has them
         */
        void take(Metric metric, Map<String, String> labels, String text, MetricValue value);
    }

    /** Tells how everything stands. */
    synchronized void read(Reader reader) {
        for (Series one : series.values()) {
            for (int i = 0; i < metrics.size(); i++) {
                reader.take(
                        metrics.get(i), one.labels, one.text, one.points.get(i).value());
            }
        }
    }

    /** Writes how everything stands to a page. */
    void report(PrometheusPage page) {
        IdentityHashMap<Metric, String> names = new IdentityHashMap<>();
        metrics.forEach(metric -> names.put(metric, PrometheusName.of(metric)));
        read((metric, labels, text, value) ->
                page.add(names.getOrDefault(metric, ""), metric.role().text(), metric.description(), text, value));
    }

    private String text(Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(labels);
        all.put("otel_scope_name", scope);
        all.put("otel_scope_version", "");
        if (newer) {
            all.put("otel_scope_schema_url", "");
        }
        return PrometheusPage.labels(all);
    }

    private Map<String, String> labels(List<String> key) {
        Map<String, String> labels = new HashMap<>();
        if (key.size() < keys.size()) {
            labels.put("otel.metric.overflow", "true");
        }
        for (int i = 0; i < key.size(); i++) {
            labels.put(keys.get(i).name(), key.get(i));
        }
        return labels;
    }
}

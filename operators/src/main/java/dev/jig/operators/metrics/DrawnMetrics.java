// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.datasource.ArrayReader;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Packet;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.Utf8Literal;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.EventCount;
import dev.jig.gadget.GadgetContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The histograms of one data source, summed over the run by the values of its keys, and the data source that they are drawn
 * into: one text field, one record a drawing. Counters and gauges have no picture, only their name.
 */
final class DrawnMetrics implements AutoCloseable {
    private final DataSource source;
    private final DataSource rendered;
    private final EventCount drawings;
    private final List<MetricField> keys = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();
    private Utf8Literal text = Utf8Literal.EMPTY;
    private Optional<Record> record = Optional.empty();
    private long interval;
    private long lastDrawn;
    private boolean changed;

    /** A metric and what was counted, by the values of the keys. */
    private record Metric(MetricField field, Optional<ArrayReader> slots, Map<List<String>, Histogram> points) {}

    private DrawnMetrics(DataSource source, DataSource rendered, EventCount drawings) {
        this.source = source;
        this.rendered = rendered;
        this.drawings = drawings;
    }

    /** Registers the data source for the pictures in place of the one that is counted. */
    static DrawnMetrics of(DataSource source, GadgetContext context) {
        source.removeReference();
        DataSource rendered = context.register(source.name() + "-rendered", DataSourceType.SINGLE);
        rendered.annotate("cli.supported-output-modes", "histogram");
        rendered.annotate("cli.default-output-mode", "histogram");
        rendered.annotate("cli.clear-screen-before", "true");
        source.annotations().forEach(rendered::annotate);
        DrawnMetrics drawn = new DrawnMetrics(source, rendered, context.count(rendered));
        Field field = rendered.addField(
                NewField.of("text", Kind.STRING).withAnnotations(Map.of("content-type", "text/plain")));
        field.deriveLiteral(ignored -> drawn.text);
        return drawn;
    }

    void subscribe(int priority, Duration shortest) {
        interval = shortest.toNanos();
        lastDrawn = System.nanoTime() - interval;
        for (MetricField field : MetricField.of(source)) {
            if (field.role() == MetricField.Role.KEY) {
                keys.add(field);
            } else {
                boolean slots = field.role() == MetricField.Role.HISTOGRAM && field.isSlots();
                metrics.add(new Metric(
                        field, slots ? Optional.of(field.field().asArray()) : Optional.empty(), new LinkedHashMap<>()));
            }
        }
        if (!metrics.isEmpty()) {
            source.subscribePacket(priority, this::take);
        }
    }

    private Verdict take(Packet packet) {
        switch (packet) {
            case Record single -> count(single);
            case RecordArray array -> {
                for (int i = 0; i < array.size(); i++) {
                    count(array.get(i));
                }
            }
        }
        changed = true;
        if (System.nanoTime() - lastDrawn >= interval) {
            draw();
        }
        return Verdict.KEEP;
    }

    private void count(Record element) {
        List<String> point = new ArrayList<>(keys.size());
        for (MetricField key : keys) {
            point.add(element.text(key.field()));
        }
        for (Metric metric : metrics) {
            if (metric.slots.isPresent()) {
                ArrayReader slots = metric.slots.get();
                int count = slots.length(element);
                Histogram histogram = metric.points.computeIfAbsent(point, ignored -> new Histogram(count));
                for (int i = 0; i < count; i++) {
                    histogram.add(i, slots.longAt(element, i));
                }
            }
        }
    }

    /** What was counted after the last drawing, when no more is to come. */
    void drawLast() {
        if (changed) {
            draw();
        }
    }

    private void draw() {
        StringBuilder picture = new StringBuilder();
        for (Metric metric : metrics) {
            picture.append(metric.field.name()).append('\n');
            for (Map.Entry<List<String>, Histogram> point : metric.points.entrySet()) {
                for (int i = 0; i < keys.size(); i++) {
                    picture.append(keys.get(i).name())
                            .append('=')
                            .append(point.getKey().get(i))
                            .append('\n');
                }
                point.getValue().drawTo(picture, metric.field.unit());
                picture.append('\n');
            }
        }
        text = Utf8Literal.of(picture.toString());
        changed = false;
        lastDrawn = System.nanoTime();
        if (record.isEmpty()) {
            record = Optional.of(rendered.newRecord());
        }
        Record drawing = record.get();
        drawing.begin();
        rendered.emit(drawing);
        drawings.delivered(1);
    }

    @Override
    public void close() {
        record.ifPresent(Record::close);
    }
}

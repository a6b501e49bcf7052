// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Sends metrics to one place, again and again. The SDK's own instruments never drop a series, so it is given ours as they
 * stand whenever it asks.
 */
final class PushExporter implements AutoCloseable {
    private static final long LAST_SECONDS = 5;
    private static final long NANOSECONDS = 1_000_000_000;

    private final List<ExportedSource> sources = new CopyOnWriteArrayList<>();
    private final boolean delta;
    private final SdkMeterProvider provider;
    private final long start = now();
    /** What was sent last, by series; only for those who want differences. Used by the SDK's one thread. */
    private Map<List<Object>, MetricValue> sent = new HashMap<>();

    private long last = start;

    PushExporter(ExporterSettings settings) {
        delta = settings.delta();
        provider = SdkMeterProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "ig")))
                .registerMetricProducer(this::produce)
                .registerMetricReader(PeriodicMetricReader.builder(exporter(settings))
                        .setInterval(settings.interval())
                        .build())
                .build();
    }

    private static MetricExporter exporter(ExporterSettings settings) {
        return settings.endpoint().http()
                ? OtlpHttpMetricExporter.builder()
                        .setEndpoint(settings.endpoint().uri())
                        .build()
                : OtlpGrpcMetricExporter.builder()
                        .setEndpoint(settings.endpoint().uri())
                        .build();
    }

    void add(ExportedSource source) {
        sources.add(source);
    }

    /** Sends what the source has counted so far, and then no more of it. */
    void remove(ExportedSource source) {
        if (sources.contains(source)) {
            provider.forceFlush().join(LAST_SECONDS, TimeUnit.SECONDS);
            sources.remove(source);
        }
    }

    private static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOSECONDS + now.getNano();
    }

    private Collection<MetricData> produce(Resource resource) {
        long now = now();
        Map<List<Object>, MetricValue> standing = new HashMap<>();
        List<MetricData> all = new ArrayList<>();
        for (ExportedSource source : sources) {
            InstrumentationScopeInfo scope = InstrumentationScopeInfo.create(source.scope());
            Map<Metric, List<Series>> series = new LinkedHashMap<>();
            source.read((metric, labels, text, value) -> {
                List<Object> key = List.of(source, metric, text);
                MetricValue earlier = sent.get(key);
                standing.put(key, value);
                MetricValue told = delta && earlier != null ? value.since(earlier) : value;
                series.computeIfAbsent(metric, ignored -> new ArrayList<>()).add(new Series(attributes(labels), told));
            });
            series.forEach((metric, points) -> all.add(new ExportedData(
                    resource,
                    scope,
                    metric.name(),
                    metric.description(),
                    metric.unit(),
                    type(metric),
                    data(metric, points, now))));
        }
        sent = delta ? standing : sent;
        last = now;
        return all;
    }

    /** What is sent of a series. */
    private record Series(Attributes attributes, MetricValue value) {}

    private static Attributes attributes(Map<String, String> labels) {
        AttributesBuilder attributes = Attributes.builder();
        labels.forEach(attributes::put);
        return attributes.build();
    }

    private static MetricDataType type(Metric metric) {
        return switch (metric.role()) {
            case COUNTER -> MetricDataType.DOUBLE_SUM;
            case GAUGE -> MetricDataType.DOUBLE_GAUGE;
            case HISTOGRAM -> MetricDataType.HISTOGRAM;
            case KEY -> throw new IllegalArgumentException(metric.name() + " is a key");
        };
    }

    private Data<?> data(Metric metric, List<Series> series, long now) {
        AggregationTemporality temporality = delta ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE;
        long since = delta ? last : start;
        if (metric.role() == MetricField.Role.HISTOGRAM) {
            List<HistogramPointData> points = new ArrayList<>();
            series.forEach(one -> points.add(histogram(one, since, now)));
            return HistogramData.create(temporality, points);
        }
        List<DoublePointData> points = new ArrayList<>();
        for (Series one : series) {
            double value = one.value instanceof MetricValue.Total total
                    ? total.sum()
                    : one.value instanceof MetricValue.Level level ? level.value() : 0;
            points.add(DoublePointData.create(since, now, one.attributes, value, List.of()));
        }
        return metric.role() == MetricField.Role.GAUGE
                ? GaugeData.createDoubleGaugeData(points)
                : SumData.createDoubleSumData(true, temporality, points);
    }

    private static HistogramPointData histogram(Series one, long since, long now) {
        if (!(one.value instanceof MetricValue.Buckets buckets)) {
            throw new IllegalArgumentException("no histogram: " + one);
        }
        List<Double> bounds = new ArrayList<>();
        for (double bound : buckets.bounds()) {
            bounds.add(bound);
        }
        List<Long> counts = new ArrayList<>();
        for (long count : buckets.counts()) {
            counts.add(count);
        }
        return HistogramPointData.create(since, now, one.attributes, buckets.sum(), false, 0, false, 0, bounds, counts);
    }

    /** Sends what there is for the last time. */
    @Override
    public void close() {
        provider.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
}

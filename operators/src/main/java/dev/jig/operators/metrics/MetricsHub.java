// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GadgetIdentity;
import dev.jig.gadget.Log;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The metrics of all runs of a process, and where they can be had. Shared by all runs. */
public final class MetricsHub implements AutoCloseable {
    private final List<ExportedSource> sources = new CopyOnWriteArrayList<>();
    private final List<GadgetContext> runs = new CopyOnWriteArrayList<>();
    private final Map<String, PushExporter> exporters = new LinkedHashMap<>();
    private Optional<MetricsEndpoint> endpoint = Optional.empty();

    void join(GadgetContext run) {
        runs.add(run);
    }

    void leave(GadgetContext run) {
        runs.remove(run);
    }

    /**
     * Has a data source's metrics be told from now on.
     *
     * @throws GadgetException when a name is taken by a metric of another type
     */
    synchronized void add(ExportedSource added) {
        for (Metric metric : added.metrics()) {
            String name = PrometheusName.of(metric);
            for (ExportedSource source : sources) {
                for (Metric other : source.metrics()) {
                    if (other.role() != metric.role()
                            && PrometheusName.of(other).equals(name)) {
                        throw new GadgetException("metric \"" + name + "\" is a "
                                + other.role().text() + " of another gadget already and cannot be a "
                                + metric.role().text() + ", too: give it another name (metrics.name)");
                    }
                }
            }
        }
        sources.add(added);
    }

    void remove(ExportedSource source) {
        // A collector that is slow to take the last values keeps no other gadget waiting.
        exporters().forEach(exporter -> exporter.remove(source));
        sources.remove(source);
    }

    private synchronized List<PushExporter> exporters() {
        return List.copyOf(exporters.values());
    }

    /**
     * Has a data source's metrics sent to somebody.
     *
     * @param name of the exporter; the first settings of a name count for the process
     */
    synchronized void push(String name, ExporterSettings settings, ExportedSource source) {
        exporters.computeIfAbsent(name, ignored -> new PushExporter(settings)).add(source);
    }

    /** Opens the endpoint, once for the process; the first address counts. */
    synchronized void listen(MetricsAddress address, Log log) {
        if (endpoint.isEmpty()) {
            endpoint = Optional.of(MetricsEndpoint.open(address, this::page, log));
        }
    }

    /** How everything stands in this process. */
    PrometheusPage page() {
        PrometheusPage page = new PrometheusPage();
        for (ExportedSource source : sources) {
            source.report(page);
            if (!source.newer()) {
                Map<String, String> scope = new LinkedHashMap<>();
                scope.put("otel_scope_name", source.scope());
                scope.put("otel_scope_version", "");
                page.add(
                        "otel_scope_info",
                        MetricField.Role.GAUGE,
                        "Instrumentation Scope metadata",
                        scope,
                        new MetricValue.Level(1));
            }
        }
        runs.forEach(run -> addRun(page, run));
        return page;
    }

    private static void addRun(PrometheusPage page, GadgetContext run) {
        GadgetIdentity identity = run.find(GadgetIdentity.KEY).orElse(GadgetIdentity.NONE);
        run.counts().forEach((source, count) -> {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("gadget_id", identity.id());
            labels.put("gadget_name", identity.name());
            labels.put("gadget_image", run.imageName());
            labels.put("datasource", source);
            page.add(
                    "jig_events_total",
                    MetricField.Role.COUNTER,
                    "Records of running gadgets",
                    labels,
                    new MetricValue.Total(count.delivered()));
            page.add(
                    "jig_events_lost_total",
                    MetricField.Role.COUNTER,
                    "Records of running gadgets that were lost",
                    labels,
                    new MetricValue.Total(count.lost()));
        });
    }

    @Override
    public synchronized void close() {
        exporters.values().forEach(PushExporter::close);
        exporters.clear();
        endpoint.ifPresent(MetricsEndpoint::close);
        endpoint = Optional.empty();
    }
}

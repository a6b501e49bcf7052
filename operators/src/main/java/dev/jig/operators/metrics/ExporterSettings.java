// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Somebody to whom metrics are sent, as the configuration file has it below {@code operator.otel-metrics.exporters}.
 *
 * @param endpoint a URI
 * @param http whether the protocol is OTLP over HTTP, not over gRPC
 * @param delta whether what was added since the last time is sent, not what there is
 */
record ExporterSettings(String endpoint, boolean http, boolean delta, Duration interval) {
    private static final String ALL = "operator.otel-metrics.exporters";

    /**
     * Reads those of a name.
     *
     * @throws GadgetException when there is no such exporter, or it is not described rightly
     */
    static ExporterSettings of(Configuration file, String name) {
        List<String> all = file.below(ALL).keys();
        if (!all.contains(name)) {
            throw new GadgetException("otel-metrics-exporter \"" + name + "\" is not configured; configured are: "
                    + (all.isEmpty() ? "none" : String.join(", ", all)));
        }
        String path = ALL + "." + name + ".";
        String kind = file.text(path + "exporter").orElse("");
        if (!kind.equals("otlp-grpc") && !kind.equals("otlp-http")) {
            throw new GadgetException(path + "exporter must be otlp-grpc or otlp-http, not \"" + kind + "\"");
        }
        String temporality = file.text(path + "temporality").orElse("cumulative");
        if (!temporality.equals("cumulative") && !temporality.equals("delta")) {
            throw new GadgetException(path + "temporality must be cumulative or delta, not \"" + temporality + "\"");
        }
        String endpoint = file.text(path + "endpoint")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new GadgetException(path + "endpoint is missing"));
        Duration interval = interval(path, file.text(path + "interval"));
        return new ExporterSettings(
                uri(endpoint, file.isTrue(path + "insecure")),
                kind.equals("otlp-http"),
                temporality.equals("delta"),
                interval);
    }

    private static Duration interval(String path, Optional<String> text) {
        Duration interval = GoDuration.parse(text.orElse("60s"));
        if (!interval.isPositive()) {
            throw new GadgetException(path + "interval must be above 0");
        }
        return interval;
    }

    private static String uri(String endpoint, boolean insecure) {
        return endpoint.contains("://") ? endpoint : (insecure ? "http://" : "https://") + endpoint;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GoDuration;
import dev.jig.operators.OtlpEndpoint;
import java.time.Duration;

/**
 * Somebody to whom metrics are sent, as the configuration file has it below {@code operator.otel-metrics.exporters}.
 *
 * @param delta whether what was added since the last time is sent, not what there is
 */
record ExporterSettings(OtlpEndpoint endpoint, boolean delta, Duration interval) {
    private static final String ALL = "operator.otel-metrics.exporters";

    /**
     * Reads those of a name.
     *
     * @throws GadgetException when there is no such exporter, or it is not described rightly
     */
    static ExporterSettings of(Configuration file, String name) {
        OtlpEndpoint endpoint = OtlpEndpoint.of(file, ALL, name, "otel-metrics-exporter");
        String path = ALL + "." + name + ".";
        String temporality = file.text(path + "temporality").orElse("cumulative");
        if (!temporality.equals("cumulative") && !temporality.equals("delta")) {
            throw new GadgetException(path + "temporality must be cumulative or delta, not \"" + temporality + "\"");
        }
        Duration interval = GoDuration.parse(file.text(path + "interval").orElse("60s"));
        if (!interval.isPositive()) {
            throw new GadgetException(path + "interval must be above 0");
        }
        return new ExporterSettings(endpoint, temporality.equals("delta"), interval);
    }
}

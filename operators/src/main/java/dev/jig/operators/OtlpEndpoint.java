// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import java.util.List;

/**
 * A collector that the configuration file describes.
 *
 * @param uri where it is; {@code http} stands for no TLS
 * @param http whether it speaks OTLP over HTTP, not over gRPC
 */
public record OtlpEndpoint(String uri, boolean http) {
    /**
     * Reads a collector of a name.
     *
     * @param all the path below which names stand, for instance {@code operator.otel-metrics.exporters}
     * @param param which asks for it, for the message
     * @throws GadgetException when there is no such collector, or it is not described rightly
     */
    public static OtlpEndpoint of(Configuration file, String all, String name, String param) {
        List<String> names = file.below(all).keys();
        if (!names.contains(name)) {
            throw new GadgetException(param + " \"" + name + "\" is not configured; configured are: "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        String path = all + "." + name + ".";
        String kind = file.text(path + "exporter").orElse("");
        if (!kind.equals("otlp-grpc") && !kind.equals("otlp-http")) {
            throw new GadgetException(path + "exporter must be otlp-grpc or otlp-http, not \"" + kind + "\"");
        }
        String endpoint = file.text(path + "endpoint")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new GadgetException(path + "endpoint is missing"));
        boolean insecure = file.isTrue(path + "insecure");
        String uri = endpoint.contains("://") ? endpoint : (insecure ? "http://" : "https://") + endpoint;
        return new OtlpEndpoint(uri, kind.equals("otlp-http"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.gadget.GadgetException;
import java.net.InetSocketAddress;

/**
 * Where metrics can be had.
 *
 * @param host a name or an address
 * @param port 0 for any
 */
record MetricsAddress(String host, int port) {
    private static final int LAST_PORT = 65_535;

    /**
     * Reads {@code host:port}, {@code [address]:port} or {@code :port}, which is that port of all addresses.
     *
     * @throws GadgetException when the text is none of these
     */
    static MetricsAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = colon < 0 ? -1 : Integer.parseInt(text.substring(colon + 1));
            if (port >= 0 && port <= LAST_PORT) {
                return new MetricsAddress(host.isEmpty() ? "0.0.0.0" : host, port);
            }
        } catch (NumberFormatException malformed) {
            // Told below, as other mistakes are.
        }
        throw new GadgetException("otel-metrics-listen-address must be HOST:PORT, not \"" + text + "\"");
    }

    InetSocketAddress socket() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}

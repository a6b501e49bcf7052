// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jig.gadget.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The page that Prometheus reads. One process of this machine has the address; others hand their series to it through
 * {@link MetricsPeers} and take its place when it goes.
 */
final class MetricsEndpoint implements AutoCloseable {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";

    /** Tells processes of ours from others. */
    private static final String MARK = "X-Jig-Metrics";

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long RETRY_SECONDS = 2;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;

    private final MetricsAddress address;
    private final Supplier<PrometheusPage> pages;
    private final MetricsPeers peers;
    private final Log log;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<HttpServer> server = Optional.empty();

    private MetricsEndpoint(MetricsAddress address, Supplier<PrometheusPage> pages, Path folder, Log log) {
        this.address = address;
        this.pages = pages;
        this.peers = new MetricsPeers(
                folder.resolve(address.port() + ""), () -> pages.get().lines());
        this.log = log;
    }

    /** Opens it, or hands the series to whoever has it; where neither can be, says so and goes on. */
    static MetricsEndpoint open(MetricsAddress address, Supplier<PrometheusPage> pages, Log log) {
        return open(address, pages, MetricsPeers.FOLDER, log);
    }

    static MetricsEndpoint open(MetricsAddress address, Supplier<PrometheusPage> pages, Path folder, Log log) {
        MetricsEndpoint endpoint = new MetricsEndpoint(address, pages, folder, log);
        endpoint.start();
        return endpoint;
    }

    private void start() {
        try {
            serve();
        } catch (BindException taken) {
            joinOwner(String.valueOf(taken.getMessage()));
        } catch (IOException | RuntimeException refused) {
            log.warn("metrics cannot be had at " + address + ": " + refused.getMessage());
        }
    }

    private synchronized void serve() throws IOException {
        HttpServer opened = HttpServer.create(address.socket(), 0);
        opened.createContext("/", this::answer);
        opened.setExecutor(
                task -> Thread.ofPlatform().name("jig-metrics").daemon().start(task));
        opened.start();
        server = Optional.of(opened);
    }

    /** Where it can be had; another port than asked for if that was 0. */
    synchronized Optional<Integer> port() {
        return server.map(opened -> opened.getAddress().getPort());
    }

    private void joinOwner(String reason) {
        if (!ownerIsOurs()) {
            log.warn("metrics cannot be had at " + address + " (" + reason
                    + "), which belongs to another program: choose another address with --otel-metrics-listen-address");
            return;
        }
        try {
            peers.offer();
            log.debug("metrics are handed to the process that has " + address);
        } catch (IOException refused) {
            log.warn("metrics cannot be handed to the process that has " + address + ": " + refused.getMessage());
            return;
        }
        Thread.ofPlatform().name("jig-metrics-heir").daemon().start(this::inherit);
    }

    /** Whoever has the address may go. */
    private void inherit() {
        try {
            while (!closed.await(RETRY_SECONDS, TimeUnit.SECONDS)) {
                try {
                    serve();
                    peers.withdraw();
                    return;
                } catch (IOException stillTaken) {
                    log.debug(address + " is still taken");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ownerIsOurs() {
        String host = address.host().equals("0.0.0.0") ? "127.0.0.1" : address.host();
        try {
            URI page = new URI("http", null, host, address.port(), "/", null, null);
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            try {
                connection.getResponseCode();
                return connection.getHeaderField(MARK) != null;
            } finally {
                connection.disconnect();
            }
        } catch (IOException | java.net.URISyntaxException other) {
            return false;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set(MARK, "1");
            if (!exchange.getRequestURI().getPath().equals("/metrics")) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(WRONG_METHOD, -1);
                return;
            }
            PrometheusPage page = pages.get();
            peers.collect(page, log);
            // Of the processes that take part, the one that answers tells about itself.
            ProcessMetrics.addTo(page);
            byte[] text = page.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, head ? -1 : text.length);
            if (!head) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(text);
                }
            }
        }
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        server.ifPresent(opened -> opened.stop(0));
        server = Optional.empty();
        peers.withdraw();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.otellogs;

import dev.jig.operators.OtlpEndpoint;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Sends log records in batches, on a thread of its own; what a slow collector does not take in time is counted as lost. */
final class LogSender implements LogRecordProcessor {
    private static final int ROOM = 16_384;
    private static final int BATCH = 512;
    private static final long PATIENCE_SECONDS = 10;
    private static final long LINGER_MILLISECONDS = 200;

    private final BlockingQueue<LogRecordData> waiting = new ArrayBlockingQueue<>(ROOM);
    private final LogRecordExporter exporter;
    private final LongConsumer lost;
    private final Thread thread =
            Thread.ofPlatform().name("jig-otel-logs").daemon().unstarted(this::run);
    private volatile boolean ending;

    /**
     * @param lost told how many were lost, by any thread
     */
    LogSender(LogRecordExporter exporter, LongConsumer lost) {
        this.exporter = exporter;
        this.lost = lost;
    }

    static LogRecordExporter exporter(OtlpEndpoint endpoint, String compression) {
        return endpoint.http()
                ? OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(endpoint.uri())
                        .setCompression(compression)
                        .build()
                : OtlpGrpcLogRecordExporter.builder()
                        .setEndpoint(endpoint.uri())
                        .setCompression(compression)
                        .build();
    }

    void start() {
        thread.start();
    }

    @Override
    public void onEmit(Context context, ReadWriteLogRecord record) {
        if (!waiting.offer(record.toLogRecordData())) {
            lost.accept(1);
        }
    }

    private void run() {
        List<LogRecordData> batch = new ArrayList<>(BATCH);
        try {
            while (!ending || !waiting.isEmpty()) {
                LogRecordData first = waiting.poll(LINGER_MILLISECONDS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    send(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException interrupted) {
            lost.accept(waiting.size());
            Thread.currentThread().interrupt();
        }
    }

    private void send(List<LogRecordData> batch) {
        CompletableResultCode result = exporter.export(List.copyOf(batch)).join(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!result.isSuccess()) {
            lost.accept(batch.size());
        }
    }

    /** Sends what waits, as long as the collector takes it. */
    @Override
    public CompletableResultCode shutdown() {
        ending = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        return exporter.shutdown();
    }
}

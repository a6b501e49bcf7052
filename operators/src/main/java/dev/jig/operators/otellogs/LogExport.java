// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.otellogs;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Packet;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.EventCount;
import dev.jig.gadget.GadgetContext;
import dev.jig.operators.OtlpEndpoint;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.resources.Resource;

/** The records of one data source on their way to a collector. Only runs that send something load the SDK's classes. */
final class LogExport implements AutoCloseable {
    private final SdkLoggerProvider provider;
    private final Logger logger;
    private final LogFields fields;

    private LogExport(SdkLoggerProvider provider, Logger logger, LogFields fields) {
        this.provider = provider;
        this.logger = logger;
        this.fields = fields;
    }

    /**
     * Sends records from now on.
     *
     * @throws dev.jig.gadget.GadgetException when annotations of the data source ask for what cannot be
     */
    static LogExport start(DataSource source, OtlpEndpoint endpoint, String compression, GadgetContext context) {
        LogFields fields = new LogFields(source);
        EventCount count = context.count(source);
        LogSender sender = new LogSender(LogSender.exporter(endpoint, compression), count::lost);
        SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "inspektor-gadget")))
                .addLogRecordProcessor(sender)
                .build();
        sender.start();
        Logger logger = provider.get(source.annotation("logs.name").orElse(context.imageName()));
        LogExport export = new LogExport(provider, logger, fields);
        source.subscribePacket(OtelLogsOperator.PRIORITY + 1, export::take);
        return export;
    }

    private Verdict take(Packet packet) {
        switch (packet) {
            case Record single -> send(single);
            case RecordArray array -> {
                for (int i = 0; i < array.size(); i++) {
                    send(array.get(i));
                }
            }
        }
        return Verdict.KEEP;
    }

    private void send(Record record) {
        LogRecordBuilder log = logger.logRecordBuilder();
        fields.fill(log, record);
        log.emit();
    }

    /** Sends what waits. */
    @Override
    public void close() {
        provider.close();
    }
}

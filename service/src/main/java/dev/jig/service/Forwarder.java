// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operator that hands a run's data to clients. It is the last one of all: clients see what the others left. */
final class Forwarder implements Operator {
    private static final int PRIORITY = 50_000;
    private static final int SUBSCRIPTION = 1_000_000;

    private final EventSink sink;
    private final String id;
    private final String name;

    /**
     * @param id of the instance; empty for a run of a client
     * @param name of the instance; empty for a run of a client
     */
    Forwarder(EventSink sink, String id, String name) {
        this.sink = sink;
        this.id = id;
        this.name = name;
    }

    @Override
    public String name() {
        return "svc";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        return Optional.of(new Instance());
    }

    private final class Instance implements OperatorInstance {
        private final List<Channel> channels = new ArrayList<>();

        @Override
        public void preStart(GadgetContext context) {
            List<DataSource> sources = GadgetInfos.sources(context);
            for (int i = 0; i < sources.size(); i++) {
                Channel channel = new Channel(sources.get(i), i);
                channels.add(channel);
                channel.subscribe();
            }
            context.onBatchEnd(sink::flush);
            sink.accept(Event.gadgetInfo(GadgetInfos.ofRun(context, sources)
                    .setId(id)
                    .setName(name)
                    .build()
                    .toByteArray()));
            sink.flush();
        }

        @Override
        public void start(GadgetContext context) {
            channels.forEach(Channel::start);
        }

        @Override
        public void postStop(GadgetContext context) {
            sink.flush();
        }

        @Override
        public void close() {
            channels.forEach(Channel::close);
        }
    }

    /** One data source on its way to the sink. */
    private final class Channel {
        private final DataSource source;
        private final int number;
        private Optional<PacketEncoder> encoder = Optional.empty();

        Channel(DataSource source, int number) {
            this.source = source;
            this.number = number;
        }

        void subscribe() {
            source.subscribePacket(SUBSCRIPTION, packet -> {
                if (encoder.isPresent()) {
                    sink.accept(Event.packet(number, encoder.get().encode(packet)));
                }
                return Verdict.KEEP;
            });
        }

        void start() {
            encoder = Optional.of(new PacketEncoder(source, sink.wantsFullLayouts()));
        }

        void close() {
            encoder.ifPresent(PacketEncoder::close);
            encoder = Optional.empty();
        }
    }
}

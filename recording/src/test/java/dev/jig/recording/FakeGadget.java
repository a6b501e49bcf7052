// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.Container;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.StaticField;
import dev.jig.datasource.Utf8Literal;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Origin;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A gadget that needs no kernel: data sources of both types, with every kind of value that a recording has to keep. */
final class FakeGadget implements Operator {
    static final String SINGLE = "calls";
    static final String ARRAY = "top";
    private static final int STRUCT = 32;

    private final Consumer<Emitter> events;

    /**
     * @param events emitted when all operators have started
     */
    FakeGadget(Consumer<Emitter> events) {
        this.events = events;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public int priority() {
        return -1000;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        DataSource single = context.register(SINGLE, DataSourceType.SINGLE);
        DataSource array = context.register(ARRAY, DataSourceType.ARRAY);
        Container container = addFields(single);
        addFields(array);
        return Optional.of(new OperatorInstance() {
            @Override
            public void started(GadgetContext shared) {
                try (Emitter emitter = new Emitter(context, single, array)) {
                    events.accept(emitter);
                }
            }

            @Override
            public String toString() {
                return "fake gadget with " + container;
            }
        });
    }

    /** A time, an id, some bits and a text behind them of which only the used part is sent. */
    private static Container addFields(DataSource source) {
        Container container = source.addStaticFields(
                STRUCT + 16,
                List.of(
                        StaticField.of("time_raw", Kind.UINT64, 0, 8),
                        StaticField.of("id", Kind.UINT32, 8, 4),
                        StaticField.of("bits", Kind.UINT32, STRUCT + 8, 4),
                        StaticField.of("name", Kind.CSTRING, 16, 16)));
        source.requireField("bits").deriveNumber(container.bits(12 * Byte.SIZE, 4, false, ByteOrder.nativeOrder()));
        Field word = source.addField(NewField.of("word", Kind.STRING));
        LongReader id = source.requireField("id").asLong();
        word.deriveLiteral(record -> Utf8Literal.of("word " + id.read(record)));
        return container;
    }

    /** Emits events. */
    static final class Emitter implements AutoCloseable {
        private final GadgetContext context;
        private final DataSource single;
        private final DataSource array;
        private final Arena arena = Arena.ofConfined();
        private final Record record;
        private final RecordArray records;

        Emitter(GadgetContext context, DataSource single, DataSource array) {
            this.context = context;
            this.single = single;
            this.array = array;
            this.record = single.newRecord();
            this.records = array.newArray();
        }

        void call(long time, int id, int bits, String name) {
            MemorySegment bytes = bytes(time, id, bits, name);
            record.wrap(bytes, 0, (int) bytes.byteSize());
            single.emit(record);
            context.count(single).delivered(1);
        }

        /** An array of as many elements. */
        void top(int elements, String name) {
            records.begin();
            for (int i = 0; i < elements; i++) {
                MemorySegment bytes = bytes(1000 + i, i, i & 15, name);
                records.add().wrapPayload(0, bytes, 0, (int) bytes.byteSize());
            }
            array.emit(records);
            context.count(array).delivered(elements);
        }

        void lose(int count) {
            context.count(single).lost(count);
        }

        void endBatch() {
            context.endBatch();
        }

        private MemorySegment bytes(long time, int id, int bits, String name) {
            MemorySegment bytes = arena.allocate(16 + name.length(), Long.BYTES);
            bytes.set(ValueLayout.JAVA_LONG, 0, time);
            bytes.set(ValueLayout.JAVA_INT, 8, id);
            bytes.set(ValueLayout.JAVA_INT, 12, bits);
            for (int i = 0; i < name.length(); i++) {
                bytes.set(ValueLayout.JAVA_BYTE, 16 + i, (byte) name.charAt(i));
            }
            return bytes;
        }

        @Override
        public void close() {
            record.close();
            records.close();
            arena.close();
        }
    }

    /**
     * Adds fields as operators do: one that anybody can derive, two that depend on the machine, and the time.
     *
     * @param machine what its fields say where they depend on it
     */
    record Deriver(String machine) implements Operator {
        @Override
        public String name() {
            return "deriver";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public Optional<OperatorInstance> instantiate(GadgetContext context) {
            Origin origin = context.find(Origin.KEY).orElseThrow();
            context.dataSources().forEach(source -> {
                LongReader id = source.requireField("id").asLong();
                Field twice = source.addField(NewField.of("twice", Kind.STRING));
                twice.deriveText((record, out) -> out.appendLong(2 * id.read(record)));
                Field user = source.addField(NewField.of("user", Kind.STRING));
                user.deriveLiteral(record -> Utf8Literal.of(machine + " user " + id.read(record) % 3));
                user.markLocal();
                Field path = source.addField(NewField.of("path", Kind.STRING));
                path.deriveText((record, out) -> out.append("/" + machine + "/" + id.read(record)));
                path.markLocal();
                LongReader boot = source.requireField("time_raw").asRawLong();
                source.requireField("time_raw")
                        .deriveNumber(record -> origin.clock().wallTime(boot.read(record)));
            });
            return Optional.of(new OperatorInstance() {});
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.RecordSubscriber;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Log;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.RunOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A gadget with a data source {@code events} of records and one {@code rows} of arrays, both with a text {@code comm}, numbers {@code
 * uid} and {@code bytes} and a fraction {@code load}. What is left of its records behind some operators is kept as text.
 */
public final class FakeGadget implements Operator, AutoCloseable {
    private final List<String> seen = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final GadgetContext context;
    private final GadgetRun run;
    private final List<String> sources;
    private final Map<String, Fields> fields = new HashMap<>();

    private record Fields(FieldWriter comm, FieldWriter uid, FieldWriter bytes, FieldWriter load) {}

    /** One record. */
    public record Row(String comm, long uid, long bytes, double load) {}

    public FakeGadget(List<String> sources, Map<String, String> values, Operator... operators) {
        this.sources = sources;
        Log log = new Log() {
            @Override
            public void log(Level level, String message) {
                messages.add(message);
            }
        };
        context = new GadgetContext("fake", new RunOptions(ParamValues.of(values), log, false));
        List<Operator> all = new ArrayList<>(List.of(operators));
        all.add(this);
        all.add(new Sink());
        run = new GadgetRun(context, all);
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
    public Optional<OperatorInstance> instantiate(GadgetContext shared) {
        for (String name : sources) {
            DataSourceType type = name.startsWith("rows") ? DataSourceType.ARRAY : DataSourceType.SINGLE;
            DataSource source = shared.register(name, type);
            fields.put(
                    name,
                    new Fields(
                            source.addField(NewField.of("comm", Kind.STRING)).asWriter(),
                            source.addField(NewField.of("uid", Kind.UINT32)).asWriter(),
                            source.addField(NewField.of("bytes", Kind.INT64)).asWriter(),
                            source.addField(NewField.of("load", Kind.FLOAT64)).asWriter()));
        }
        return Optional.empty();
    }

    /** Looks at what arrives last. */
    private final class Sink implements Operator {
        @Override
        public String name() {
            return "sink";
        }

        @Override
        public int priority() {
            return 10000;
        }

        @Override
        public Optional<OperatorInstance> instantiate(GadgetContext shared) {
            return Optional.of(new OperatorInstance() {
                @Override
                public void preStart(GadgetContext ready) {
                    for (DataSource source : ready.dataSources()) {
                        source.subscribe(10000, watcher(source));
                    }
                }
            });
        }

        private RecordSubscriber watcher(DataSource source) {
            return record -> {
                StringBuilder text = new StringBuilder();
                source.fields().forEach(field -> {
                    if (field.isReferenced() && !field.isEmpty()) {
                        text.append(text.isEmpty() ? "" : " ");
                        text.append(
                                field.kind().isFloat() ? "" + field.asDouble().read(record) : record.text(field));
                    }
                });
                seen.add(text.toString());
                return Verdict.KEEP;
            };
        }
    }

    public GadgetContext context() {
        return context;
    }

    public GadgetRun run() {
        return run;
    }

    public FakeGadget start() {
        run.prepare();
        run.start();
        return this;
    }

    /** Hands out records one by one, or as one array. */
    public FakeGadget emit(String name, Row... rows) {
        DataSource source = context.dataSource(name).orElseThrow();
        if (source.type() == DataSourceType.ARRAY) {
            try (RecordArray array = source.newArray()) {
                array.begin();
                for (Row row : rows) {
                    fill(array.add(), name, row);
                }
                source.emit(array);
            }
        } else {
            try (Record record = source.newRecord()) {
                for (Row row : rows) {
                    record.begin();
                    fill(record, name, row);
                    source.emit(record);
                }
            }
        }
        return this;
    }

    private void fill(Record record, String name, Row row) {
        Fields writers = Objects.requireNonNull(fields.get(name), name);
        writers.comm.setText(record, row.comm);
        writers.uid.setLong(record, row.uid);
        writers.bytes.setLong(record, row.bytes);
        writers.load.setDouble(record, row.load);
    }

    /** What arrived, one text for each record. */
    public List<String> seen() {
        return seen;
    }

    /** What was told to the user. */
    public List<String> messages() {
        return messages;
    }

    @Override
    public void close() {
        run.close();
    }
}

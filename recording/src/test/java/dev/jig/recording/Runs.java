// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.EventCount;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Log;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs that are recorded, and replays of them. */
final class Runs {
    private static final List<String> FIELDS =
            List.of("time_raw", "id", "bits", "name", "word", "twice", "user", "path");

    private Runs() {}

    /**
     * What somebody saw who watched a run.
     *
     * @param packets a line each
     * @param messages that were logged
     */
    record Seen(List<String> packets, Map<String, String> counts, List<String> messages) {}

    /** Records what a fake gadget emits. */
    static Seen record(Path file, Consumer<FakeGadget.Emitter> events) {
        return record(file, Map.of(), events);
    }

    static Seen record(Path file, Map<String, String> params, Consumer<FakeGadget.Emitter> events) {
        Map<String, String> values = new LinkedHashMap<>(params);
        values.put(RecordOperator.FILE.qualifiedName(), file.toString());
        return watch(
                values,
                List.of(new FakeGadget(events), new FakeGadget.Deriver("recording machine"), new RecordOperator()));
    }

    /** Replays a recording on another machine, as fast as it goes. */
    static Seen replay(Path file) {
        try (Recording recording = Recording.open(file)) {
            return replay(recording, "0");
        }
    }

    static Seen replay(Recording recording, String speed) {
        List<Operator> operators = new ArrayList<>(recording.operators());
        operators.add(new FakeGadget.Deriver("replaying machine"));
        return watch(recording.values(Map.of(ReplayOperator.SPEED.qualifiedName(), speed)), operators);
    }

    /** The numbers of another machine, while they are recorded. */
    static List<String> recordNumbers(Path file, OtherMachine gadget) {
        return numbers(
                Map.of(RecordOperator.FILE.qualifiedName(), file.toString()), List.of(gadget, new RecordOperator()));
    }

    static List<String> replayNumbers(Path file) {
        try (Recording recording = Recording.open(file)) {
            assertThat(recording.isComplete()).isTrue();
            return numbers(recording.values(Map.of(ReplayOperator.SPEED.qualifiedName(), "0")), recording.operators());
        }
    }

    private static List<String> numbers(Map<String, String> values, List<Operator> operators) {
        GadgetContext context = new GadgetContext("fake", new RunOptions(ParamValues.of(values), Log.NONE, false));
        List<String> numbers = new ArrayList<>();
        try (GadgetRun run = new GadgetRun(context, operators)) {
            run.prepare();
            DataSource source = context.dataSource(OtherMachine.SOURCE).orElseThrow();
            source.subscribe(10_000, record -> {
                numbers.add(String.valueOf(record.number(source.requireField("number"))));
                return Verdict.KEEP;
            });
            run.start();
            if (!values.containsKey(RecordOperator.FILE.qualifiedName())) {
                context.awaitStop(Duration.ZERO);
            }
            run.stop();
        }
        return numbers;
    }

    private static Seen watch(Map<String, String> values, List<Operator> operators) {
        List<String> messages = new ArrayList<>();
        Log log = (level, message) -> messages.add(message);
        GadgetContext context = new GadgetContext("fake", new RunOptions(ParamValues.of(values), log, false));
        Watcher watcher = new Watcher();
        List<Operator> all = new ArrayList<>(operators);
        all.add(watcher);
        try (GadgetRun run = new GadgetRun(context, all)) {
            run.prepare();
            run.start();
            // A fake gadget has emitted everything when it has started.
            context.awaitStop(Duration.ofMillis(values.containsKey(RecordOperator.FILE.qualifiedName()) ? 1 : 20_000));
            run.stop();
        }
        Map<String, String> counts = new LinkedHashMap<>();
        for (Map.Entry<String, EventCount> entry : context.counts().entrySet()) {
            counts.put(
                    entry.getKey(),
                    entry.getValue().delivered() + " and " + entry.getValue().lost() + " lost");
        }
        return new Seen(watcher.packets, counts, messages);
    }

    private static final class Watcher implements Operator {
        private final List<String> packets = new ArrayList<>();

        @Override
        public String name() {
            return "watcher";
        }

        @Override
        public int priority() {
            return 10_000;
        }

        @Override
        public Optional<OperatorInstance> instantiate(GadgetContext context) {
            return Optional.of(new OperatorInstance() {
                @Override
                public void preStart(GadgetContext shared) {
                    shared.dataSources().forEach(Watcher.this::watch);
                }
            });
        }

        private void watch(DataSource source) {
            source.subscribePacket(10_000, packet -> {
                StringBuilder line = new StringBuilder(source.name());
                if (packet instanceof Record record) {
                    append(record, line);
                } else if (packet instanceof RecordArray array) {
                    for (int i = 0; i < array.size(); i++) {
                        append(array.get(i), line);
                    }
                }
                packets.add(line.toString());
                return Verdict.KEEP;
            });
        }

        private static void append(Record record, StringBuilder line) {
            for (String name : FIELDS) {
                Field field = record.dataSource().requireField(name);
                line.append(' ').append(name).append('=');
                line.append(field.kind().isNumeric() ? String.valueOf(record.number(field)) : record.text(field));
            }
        }
    }
}

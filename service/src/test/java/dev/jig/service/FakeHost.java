// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.ImageFacts;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A machine whose gadgets see what a test says. Images: {@code ticker}, {@code table} (arrays), {@code finishing} (ends by itself), {@code
 * broken} (cannot start), {@code unknown} (does not exist).
 */
final class FakeHost implements GadgetHost {
    static final Param NUMBER = Param.of("operator.fake.", "number", ParamType.INT32, "1", "A number");
    static final Param VERIFY = Param.of("operator.fake.", "verify", ParamType.BOOL, "true", "A policy");

    private final Set<Instance> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile String digest = "sha256:1";
    private volatile boolean otherLayout;

    @Override
    public GadgetRun newRun(GadgetContext context, Operator forwarder) {
        return new GadgetRun(context, List.of(new Fake(), forwarder));
    }

    @Override
    public Map<String, Extra> inspect(String image) {
        return Map.of("fake.text", new Extra("inside of " + image, "text/plain"));
    }

    @Override
    public List<Param> globalParams() {
        return List.of(VERIFY);
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    void setDigest(String newDigest) {
        digest = newDigest;
    }

    /** Gadgets lay their data out differently, and have a field more. */
    void useOtherLayout() {
        otherLayout = true;
    }

    /** Has every running gadget see something. */
    void emit(String text) {
        running.forEach(instance -> instance.emit(text));
    }

    int running() {
        return running.size();
    }

    /** Gadgets that were opened and not closed again. */
    int leaked() {
        return opened.get() - closed.get();
    }

    private final class Fake implements Operator {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public Optional<OperatorInstance> instantiate(GadgetContext context) {
            String image = context.imageName();
            if (image.equals("unknown")) {
                throw new GadgetException("ensuring image: not found");
            }
            context.find(ImageFacts.PINNED)
                    .filter(pinned -> !pinned.equals(digest))
                    .ifPresent(pinned -> {
                        throw new GadgetException("image is " + digest + ", not " + pinned);
                    });
            context.put(ImageFacts.KEY, new ImageFacts(digest, "name: " + image));
            opened.incrementAndGet();
            return Optional.of(new Instance(context));
        }
    }

    private final class Instance implements OperatorInstance {
        private final GadgetContext context;
        private final DataSource source;
        private final FieldWriter text;
        private final FieldWriter number;

        Instance(GadgetContext context) {
            this.context = context;
            boolean table = context.imageName().equals("table");
            source = context.register("events", table ? DataSourceType.ARRAY : DataSourceType.SINGLE);
            if (otherLayout) {
                source.addField(NewField.of("more", Kind.UINT64));
                number = source.addField(NewField.of("number", Kind.UINT32)).asWriter();
                text = source.addField(NewField.of("text", Kind.STRING)).asWriter();
            } else {
                text = source.addField(NewField.of("text", Kind.STRING)).asWriter();
                number = source.addField(NewField.of("number", Kind.UINT32)).asWriter();
            }
        }

        @Override
        public List<Param> params() {
            return List.of(NUMBER);
        }

        @Override
        public void start(GadgetContext ignored) {
            if (context.imageName().equals("broken")) {
                throw new GadgetException("it is broken");
            }
        }

        @Override
        public void started(GadgetContext ignored) {
            running.add(this);
            if (context.imageName().equals("finishing")) {
                emit("one");
                emit("two");
                context.requestStop();
            }
        }

        void emit(String value) {
            if (source.type() == DataSourceType.ARRAY) {
                try (RecordArray array = source.newArray()) {
                    fill(array.add(), value);
                    source.emit(array);
                }
            } else {
                try (Record record = source.newRecord()) {
                    record.begin();
                    fill(record, value);
                    source.emit(record);
                }
            }
            context.endBatch();
        }

        private void fill(Record record, String value) {
            text.setText(record, value);
            number.setLong(record, Long.parseLong(context.value(NUMBER)));
        }

        @Override
        public void stop(GadgetContext ignored) {
            running.remove(this);
        }

        @Override
        public void close() {
            running.remove(this);
            closed.incrementAndGet();
        }
    }
}

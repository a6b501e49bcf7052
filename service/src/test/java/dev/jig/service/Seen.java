// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A client's operator that keeps what it sees, each record as the texts of its fields. */
final class Seen implements Operator {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final List<String> lines = new ArrayList<>();

    @Override
    public String name() {
        return "seen";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        context.dataSources().forEach(this::watch);
        return Optional.of(new OperatorInstance() {});
    }

    private void watch(DataSource source) {
        source.subscribe(0, record -> {
            List<String> values = new ArrayList<>();
            for (Field field : source.fields()) {
                values.add(field.kind().isInteger() ? String.valueOf(record.number(field)) : record.text(field));
            }
            add(String.join(" ", values));
            return Verdict.KEEP;
        });
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until what was seen is as a test wants it. */
    synchronized List<String> await(Predicate<List<String>> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!wanted.test(lines)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("seen so far: " + lines);
            }
            wait(left);
        }
        return List.copyOf(lines);
    }
}

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
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A client's operator that counts what it sees and keeps the first of it, each record as the texts of its fields. */
final class Seen implements Operator {
    private static final int KEPT = 1000;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private int count;

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
        if (lines.size() < KEPT) {
            lines.add(line);
        }
        count++;
        notifyAll();
    }

    /** How many records there were. */
    synchronized int count() {
        return count;
    }

    /** Waits until there were so many records. */
    synchronized void awaitCount(int wanted) throws InterruptedException {
        await(() -> count >= wanted);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until what was seen is as a test wants it. */
    synchronized List<String> await(Predicate<List<String>> wanted) throws InterruptedException {
        await(() -> wanted.test(lines));
        return List.copyOf(lines);
    }

    private void await(BooleanSupplier wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!wanted.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(count + " records, the first of them: " + lines);
            }
            wait(left);
        }
    }
}

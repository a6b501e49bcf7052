// SPDX-License-Identifier: Apache-2.0
package dev.jig.bench;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Record;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.RunOptions;
import dev.jig.runtime.LocalOperators;
import dev.jig.runtime.Locations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * The data source of the packaged trace_open with all its derived fields, and records as its programs send them: changing
 * descriptors, times and names, processes that take turns.
 */
final class OpenEvents implements AutoCloseable {
    private static final int COUNT = 1024;
    private static final int SLOT = 256;
    private static final int NAME = 160;

    private final GadgetRun run;
    private final DataSource source;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory = arena.allocate((long) COUNT * SLOT, 8);
    private final Record record;
    private int next;

    OpenEvents() {
        RunOptions options = new RunOptions(ParamValues.none(), dev.jig.gadget.Log.NONE, false);
        run = new GadgetRun(
                new GadgetContext("trace_open", options), LocalOperators.with(Locations.of(System.getenv(), true)));
        run.prepare();
        source = run.context().dataSource("open").orElseThrow();
        source.start();
        record = source.newRecord();
        for (int i = 0; i < COUNT; i++) {
            fill(i);
        }
    }

    private void fill(int i) {
        MemorySegment slot = memory.asSlice((long) i * SLOT, SLOT);
        // Events come in bursts of one process.
        int process = i / 16 % 8;
        slot.set(ValueLayout.JAVA_LONG, 0, 1_000_000_000_000L + i * 1_357L);
        text(slot, 8, "process-" + process);
        slot.set(ValueLayout.JAVA_INT, 24, 1000 + process);
        slot.set(ValueLayout.JAVA_INT, 28, 1000 + process);
        slot.set(ValueLayout.JAVA_LONG, 32, 4026531841L);
        text(slot, 48, "parent");
        slot.set(ValueLayout.JAVA_INT, 64, 999);
        slot.set(ValueLayout.JAVA_INT, 68, 999);
        slot.set(ValueLayout.JAVA_INT, 72, i % 5 == 0 ? 2 : 0);
        slot.set(ValueLayout.JAVA_INT, 76, i % 5 == 0 ? 0 : 3 + i % 4);
        slot.set(ValueLayout.JAVA_INT, 80, 0x80000);
        text(slot, NAME, "/usr/lib/x86_64-linux-gnu/lib" + i + ".so");
    }

    private static void text(MemorySegment slot, long offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(bytes, 0, slot, ValueLayout.JAVA_BYTE, offset, bytes.length);
    }

    DataSource source() {
        return source;
    }

    Field field(String name) {
        return source.requireField(name);
    }

    /** The next record, as it would lie in the ring. */
    Record next() {
        int i = next++ & COUNT - 1;
        record.wrap(memory, (long) i * SLOT, NAME + 40);
        return record;
    }

    @Override
    public void close() {
        record.close();
        run.close();
        arena.close();
    }
}

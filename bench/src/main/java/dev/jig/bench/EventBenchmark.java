// SPDX-License-Identifier: Apache-2.0
package dev.jig.bench;

import dev.jig.datasource.ColumnsWriter;
import dev.jig.datasource.FieldSelection;
import dev.jig.datasource.JsonWriter;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.OutputOptions;
import dev.jig.datasource.Record;
import dev.jig.datasource.Utf8Buffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One trace_open event: reading fields, JSON, columns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventBenchmark {
    private OpenEvents events;
    private LongReader pid;
    private LongReader descriptor;
    private JsonWriter json;
    private ColumnsWriter columns;
    private Utf8Buffer out;

    @Setup
    public void open() {
        events = new OpenEvents();
        pid = events.field("proc.pid").asLong();
        descriptor = events.field("fd").asLong();
        json = JsonWriter.compact(events.source(), OutputOptions.plain());
        columns = ColumnsWriter.of(
                events.source(), FieldSelection.usual().fields(events.source(), false), OutputOptions.plain());
        out = new Utf8Buffer(1 << 16);
    }

    @TearDown
    public void close() {
        json.close();
        columns.close();
        out.close();
        events.close();
    }

    @Benchmark
    public long decodeTwoNumbers() {
        Record record = events.next();
        return pid.read(record) + descriptor.read(record);
    }

    @Benchmark
    public long json() {
        out.clear();
        json.write(events.next(), out);
        return out.length();
    }

    @Benchmark
    public long columns() {
        out.clear();
        columns.write(events.next(), out);
        return out.length();
    }
}

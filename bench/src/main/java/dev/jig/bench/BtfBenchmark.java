// SPDX-License-Identifier: Apache-2.0
package dev.jig.bench;

import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.KernelBtf;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The running kernel's types: opening them with the index, and finding one by name. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BtfBenchmark {
    private static final Optional<Path> CACHE = Optional.of(Path.of("/var/cache/jig"));

    private KernelBtf kernel;

    @Setup
    public void open() {
        kernel = KernelBtf.open(CACHE);
    }

    @Benchmark
    public OptionalInt findByName() {
        return kernel.find("task_struct", BtfKind.STRUCT);
    }

    /** Once each time: what is opened stays mapped as long as the process lives. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    public KernelBtf openWithIndex() {
        return KernelBtf.open(CACHE);
    }
}

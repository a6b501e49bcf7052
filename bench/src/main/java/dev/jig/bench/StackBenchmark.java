// SPDX-License-Identifier: Apache-2.0
package dev.jig.bench;

import dev.jig.bpf.symbols.Executable;
import dev.jig.bpf.symbols.KernelSymbolTable;
import dev.jig.bpf.symbols.UserSymbols;
import java.io.IOException;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Names of functions: reading the kernel's symbols, finding one, and naming a user stack of four frames of a known process whose text is not kept. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StackBenchmark {
    private KernelSymbolTable kernel;
    private long function;
    private UserSymbols symbols;
    private UserSymbols.Task task;
    private long[] stack;

    @Setup
    public void read() throws IOException {
        kernel = KernelSymbolTable.running();
        function = kernel.address("schedule").orElseThrow() + 16;
        Path program = Path.of("/proc/self/exe");
        Instant time = ((FileTime) Files.getAttribute(program, "lastModifiedTime")).toInstant();
        symbols = new UserSymbols(Path.of("/proc"));
        task = new UserSymbols.Task(
                (int) ProcessHandle.current().pid(),
                0,
                1,
                new Executable(
                        1, (Long) Files.getAttribute(program, "unix:ino"), time.getEpochSecond(), time.getNano()));
        stack = new long[] {address("malloc"), address("free") + 1, address("write") + 1, address("read") + 1};
    }

    private static long address(String name) {
        return Linker.nativeLinker().defaultLookup().findOrThrow(name).address();
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    public KernelSymbolTable readKernelSymbols() {
        return KernelSymbolTable.running();
    }

    @Benchmark
    public Optional<String> nameKernelFunction() {
        return kernel.nameOf(function);
    }

    @Benchmark
    public List<String> nameUserStack() {
        return symbols.names(task, stack);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sources of tests, compiled for eBPF. */
public final class Compiled {
    private Compiled() {}

    /** The folder of programs that say what they do. */
    public static Path corpus() {
        return Machine.sourceTree().resolve("inspect/src/test/resources/corpus");
    }

    /** Compiles a source; aborts the test, saying so, where there is no compiler. */
    public static ObjectFile of(Path source, Path folder) throws IOException, InterruptedException {
        Requirement.check(Machine.clang().isPresent(), "no clang of version 18 or later");
        Path object = folder.resolve("test.bpf.o");
        Process process = new ProcessBuilder(List.of(
                        Machine.clang().orElseThrow(),
                        "-target",
                        "bpf",
                        "-g",
                        "-O2",
                        "-mcpu=v3",
                        "-I" + corpus(),
                        "-c",
                        source.toString(),
                        "-o",
                        object.toString()))
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(source + " does not compile");
        }
        return ObjectFile.parse("test.bpf.o", Files.readAllBytes(object));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.object.ObjectFile;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** C sources of tests, compiled for eBPF. */
final class CompiledSource {
    private static final String TYPES = """
            typedef unsigned char __u8; typedef unsigned short __u16; typedef unsigned int __u32;
            typedef unsigned long long __u64; typedef int __s32;
            #define SEC(name) __attribute__((section(name), used))
            #define bool _Bool
            char LICENSE[] SEC("license") = "GPL";
            """;

    private CompiledSource() {}

    /** Compiles a source; aborts the test, saying so, where there is no compiler. */
    static ObjectFile compile(Path folder, String source) throws IOException, InterruptedException {
        Requirement.check(Machine.clang().isPresent(), "no clang of version 18 or later");
        Path file = Files.writeString(folder.resolve("test.bpf.c"), TYPES + source);
        Path object = folder.resolve("test.bpf.o");
        Process process = new ProcessBuilder(List.of(
                        Machine.clang().orElseThrow(),
                        "-target",
                        "bpf",
                        "-g",
                        "-O2",
                        "-c",
                        file.toString(),
                        "-o",
                        object.toString()))
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError("the test's source does not compile");
        }
        return ObjectFile.parse("test.bpf.o", Files.readAllBytes(object));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Compiles the eBPF programs of a gadget for one architecture. */
final class Compiler {
    private static final Map<String, String> TARGET_MACROS = Map.of("amd64", "x86", "arm64", "arm64");

    private final Toolchain tools;

    Compiler(Toolchain tools) {
        this.tools = tools;
    }

    /**
     * Compiles and strips. The object does not tell where it was compiled, so that equal sources make equal objects.
     *
     * @param architecture in OCI names
     * @throws ImageException with what the compiler said
     */
    byte[] compile(Path source, String architecture, Path outputFolder) {
        Path folder = source.resolveSibling(".").normalize();
        Path object = outputFolder.resolve(architecture + ".bpf.o");
        Path headers = tools.headers();
        List<String> clang = List.of(
                tools.clang().toString(),
                "-target",
                "bpf",
                "-Wall",
                "-g",
                "-O2",
                "-I/usr/include/" + System.getProperty("os.arch").replace("amd64", "x86_64") + "-linux-gnu",
                "-D",
                "__TARGET_ARCH_" + TARGET_MACROS.get(architecture),
                "-ffile-prefix-map=" + folder + "=.",
                "-ffile-prefix-map=" + headers + "=/usr/include",
                "-fdebug-compilation-dir=.",
                "-c",
                source.getFileName().toString(),
                "-I",
                headers.resolve("gadget").resolve(architecture).toString(),
                "-I",
                headers.toString(),
                "-o",
                object.toString());
        ProcessRunner.run("clang compile for " + architecture, clang, folder, Map.of());
        List<String> strip = List.of(tools.strip().toString(), "-g", object.toString());
        ProcessRunner.run("strip for " + architecture, strip, folder, Map.of());
        try {
            return Files.readAllBytes(object);
        } catch (IOException unreadable) {
            throw new ImageException("reading " + object + ": " + unreadable.getMessage(), unreadable);
        }
    }
}

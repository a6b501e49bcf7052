// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The compilers and the helper program linked with libbpf. */
public final class Toolchain {
    private static final Path SOURCES = Path.of("src", "test", "bpf");
    private static final List<String> CLANGS =
            List.of("clang-22", "clang-21", "clang-20", "clang-19", "clang-18", "clang");
    private static final int SECONDS = 60;

    private final Path output;
    private final String clang;
    private final Path helper;

    /** What a command left behind. */
    record Result(int status, String output) {}

    private Toolchain(Path output, String clang, Path helper) {
        this.output = output;
        this.clang = clang;
        this.helper = helper;
    }

    /** Finds the compilers and builds the helper; aborts the test, saying what is missing, if that cannot be done here. */
    static Toolchain prepare() throws IOException, InterruptedException {
        Path output = Files.createDirectories(Path.of("target", "oracle"));
        Optional<String> clang = firstOf(CLANGS);
        Requirement.check(clang.isPresent(), "no clang of version 18 or later");
        Requirement.check(firstOf(List.of("cc")).isPresent(), "no C compiler");
        Path helper = output.resolve("oracle");
        Result built =
                run(List.of("cc", "-O1", "-o", helper.toString(), "src/test/c/oracle.c", "-lbpf", "-lelf", "-lz"));
        Requirement.check(built.status == 0, "the helper does not build: " + built.output);
        return new Toolchain(output, clang.get(), helper);
    }

    /** Finds clang alone; aborts the test, saying so, if there is none. */
    public static Toolchain clangOnly() throws IOException, InterruptedException {
        Optional<String> clang = firstOf(CLANGS);
        Requirement.check(clang.isPresent(), "no clang of version 18 or later");
        return new Toolchain(Files.createDirectories(Path.of("target", "oracle")), clang.get(), Path.of("none"));
    }

    private static Optional<String> firstOf(List<String> commands) {
        for (String command : commands) {
            for (String directory : System.getenv("PATH").split(":", -1)) {
                if (Files.isExecutable(Path.of(directory, command))) {
                    return Optional.of(command);
                }
            }
        }
        return Optional.empty();
    }

    /** Names of the programs in {@code src/test/bpf}. */
    public static List<String> programs() throws IOException {
        try (var files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".bpf.c"))
                    .map(name -> name.substring(0, name.length() - ".bpf.c".length()))
                    .sorted()
                    .toList();
        }
    }

    /** Compiles a program of {@code src/test/bpf}. */
    public Path compile(String name) throws IOException, InterruptedException {
        if (Files.readString(SOURCES.resolve(name + ".bpf.c")).contains("\"vmlinux.h\"")) {
            makeKernelHeader();
        }
        return compile(name + ".bpf.c", name + ".bpf.o", name.endsWith("v4") ? "v4" : "v3");
    }

    /** Compiles the types that a program is to be relocated against, if it has its own. */
    Optional<Path> compileTarget(String name) throws IOException, InterruptedException {
        return Files.exists(SOURCES.resolve(name + ".target.c"))
                ? Optional.of(compile(name + ".target.c", name + ".target.o", "v3"))
                : Optional.empty();
    }

    private Path compile(String source, String object, String cpu) throws IOException, InterruptedException {
        Path result = output.resolve(object);
        Result compiled = run(List.of(
                clang,
                "-target",
                "bpf",
                "-mcpu=" + cpu,
                "-O2",
                "-g",
                "-D__TARGET_ARCH_x86",
                "-I/usr/include/" + System.getProperty("os.arch").replace("amd64", "x86_64") + "-linux-gnu",
                "-I" + output,
                "-Wno-visibility",
                "-c",
                SOURCES.resolve(source).toString(),
                "-o",
                result.toString()));
        assertThat(compiled.status).as(compiled.output).isZero();
        return result;
    }

    private void makeKernelHeader() throws IOException, InterruptedException {
        Path header = output.resolve("vmlinux.h");
        if (!Files.exists(header)) {
            Requirement.check(firstOf(List.of("bpftool")).isPresent(), "no bpftool to make vmlinux.h");
            Result dumped = run(List.of("bpftool", "btf", "dump", "file", "/sys/kernel/btf/vmlinux", "format", "c"));
            Requirement.check(dumped.status == 0, "the kernel has no BTF");
            Files.writeString(header, dumped.output);
        }
    }

    /** What libbpf makes of each program. */
    String ask(Path object, Optional<Path> target) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(helper.toString(), object.toString()));
        target.ifPresent(path -> command.add(path.toString()));
        Result result = run(command);
        assertThat(result.status).as(result.output).isZero();
        return result.output;
    }

    private static Result run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("oracle", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended)
                    .as("%s takes more than %d seconds", command, SECONDS)
                    .isTrue();
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}

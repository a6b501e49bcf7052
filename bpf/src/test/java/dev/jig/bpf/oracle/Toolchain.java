// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import dev.jig.bpf.Fixtures;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.elf.Symbol;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The compilers and the helper program linked with libbpf. */
public final class Toolchain {
    private static final Path SOURCES = Path.of("src", "test", "bpf");
    private static final List<String> CLANGS =
            List.of("clang-22", "clang-21", "clang-20", "clang-19", "clang-18", "clang");

    private final Path output;
    private final String clang;
    private final Path helper;

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
        Command.Result built = Command.run(
                List.of("cc", "-O1", "-o", helper.toString(), "src/test/c/oracle.c", "-lbpf", "-lelf", "-lz"));
        Requirement.check(built.status() == 0, "the helper does not build: " + built.errors());
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

    /** Names of the gadgets in the catalogue. */
    static List<String> gadgets() throws IOException {
        try (var folders = Files.list(Machine.sourceTree().resolve("gadgets"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("program.bpf.c")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Where everything that is made goes. */
    Path output() {
        return output;
    }

    /** The kernel's types, as the catalogue is compiled with. */
    Path kernelHeader(String architecture) throws IOException, InterruptedException {
        makeKernelHeaders();
        return output.resolve(architecture).resolve("vmlinux.h");
    }

    Path helper() {
        return helper;
    }

    Libbpf libbpf() {
        return new Libbpf(helper);
    }

    static Path gadgetSource(String name) {
        return Machine.sourceTree().resolve("gadgets").resolve(name).resolve("program.bpf.c");
    }

    /** Compiles a gadget of the catalogue as its builder does, but with the types of the running kernel. */
    Path compileGadget(String name, String architecture) throws IOException, InterruptedException {
        return compile(gadgetSource(name), name + "." + architecture + ".o", List.of(), architecture);
    }

    /** Compiles a program of {@code src/test/bpf}. */
    public Path compile(String name) throws IOException, InterruptedException {
        String cpu = name.endsWith("v4") ? "-mcpu=v4" : "-mcpu=v3";
        return compile(SOURCES.resolve(name + ".bpf.c"), name + ".bpf.o", List.of(cpu), "amd64");
    }

    /** Compiles the types that a program is to be relocated against, if it has its own. */
    Optional<Path> compileTarget(String name) throws IOException, InterruptedException {
        Path source = SOURCES.resolve(name + ".target.c");
        return Files.exists(source)
                ? Optional.of(compile(source, name + ".target.o", List.of("-mcpu=v3"), "amd64"))
                : Optional.empty();
    }

    /** Compiles a source; options come before those that are the same for all. */
    Path compile(Path source, String object, List<String> options, String architecture)
            throws IOException, InterruptedException {
        if (Files.readString(source).contains("vmlinux.h")) {
            makeKernelHeaders();
        }
        Path result = output.resolve(object);
        List<String> command = new ArrayList<>(List.of(clang, "-target", "bpf", "-O2", "-g"));
        command.addAll(options);
        command.addAll(List.of(
                "-D__TARGET_ARCH_" + architecture.replace("amd64", "x86"),
                "-I/usr/include/" + Machine.name() + "-linux-gnu",
                "-I" + output.resolve(architecture),
                "-I" + Machine.sourceTree().resolve("include"),
                "-Wno-visibility",
                "-c",
                source.toString(),
                "-o",
                result.toString()));
        Path made = output.resolve(object + ".made-from");
        String inputs = inputs(source, architecture) + command;
        if (!Files.exists(result)
                || !Files.exists(made)
                || !Files.readString(made).equals(inputs)) {
            Command.output(command);
            Files.writeString(made, inputs);
        }
        return result;
    }

    /** What a source and the headers that it may include consist of: several tests need the same object, and compiling takes longer than most of them. */
    private String inputs(Path source, String architecture) throws IOException {
        List<Path> files = new ArrayList<>(List.of(source));
        for (Path folder : List.of(
                source.toAbsolutePath().getParent(),
                Machine.sourceTree().resolve("include"),
                Files.createDirectories(output.resolve(architecture)))) {
            try (var found = Files.walk(folder)) {
                found.filter(file -> file.toString().endsWith(".h")).sorted().forEach(files::add);
            }
        }
        CRC32C sum = new CRC32C();
        for (Path file : files) {
            sum.update(Files.readAllBytes(file));
        }
        return files.size() + " files " + sum.getValue() + " ";
    }

    /** The kernel's types for both architectures, made as for the catalogue. */
    private void makeKernelHeaders() throws IOException, InterruptedException {
        if (!Files.exists(output.resolve("arm64/vmlinux.h"))) {
            Requirement.check(Machine.hasCommand("bpftool"), "no bpftool to make vmlinux.h");
            Requirement.check(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "the kernel has no BTF");
            String script = Machine.sourceTree().resolve("scripts/make-vmlinux").toString();
            Command.output(List.of(script, output.toString()));
        }
    }

    /** A gadget that somebody else built. */
    static Path published() throws IOException {
        Path copy = Files.createDirectories(Path.of("target", "oracle")).resolve("published.bpf.o");
        return Files.write(copy, withWeakExterns(Fixtures.published()));
    }

    /** Kernels without CONFIG_KALLSYMS_ALL do not know the variable that the gadget wants the address of; libbpf lets only weak symbols be missing. */
    private static byte[] withWeakExterns(byte[] object) {
        ElfFile elf = ElfFile.parse("published", object);
        byte[] changed = object.clone();
        for (Symbol symbol : elf.symbols()) {
            if (symbol.isUndefined() && symbol.name().equals("init_task")) {
                long table = elf.section(".symtab").orElseThrow().offset();
                changed[(int) table + symbol.index() * 24 + 4] = (byte) (Symbol.BINDING_WEAK << 4 | symbol.type());
            }
        }
        return changed;
    }
}

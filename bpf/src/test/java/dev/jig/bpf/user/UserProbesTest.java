// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.Counting;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.link.Probes;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.sys.Architecture;
import dev.jig.bpf.sys.Kernel;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Probes at functions of a small C program and of this machine's C library. */
@HostTest
@Timeout(60)
class UserProbesTest {
    private static final String SOURCE = """
            #include <stdlib.h>
            #include <unistd.h>
            /* As sys/sdt.h does it. */
            #define NOTE(name, semaphore) "990: nop\\n.pushsection .note.stapsdt,\\"\\",\\"note\\"\\n" \\
                ".balign 4\\n.4byte 992f-991f,994f-993f,3\\n991: .asciz \\"stapsdt\\"\\n992: .balign 4\\n" \\
                "993: .8byte 990b\\n.8byte _.stapsdt.base\\n.8byte " semaphore "\\n" \\
                ".asciz \\"jig\\"\\n.asciz \\"" name "\\"\\n.asciz \\"\\"\\n994: .balign 4\\n.popsection\\n" \\
                ".ifndef _.stapsdt.base\\n.pushsection .stapsdt.base,\\"aG\\",\\"progbits\\",.stapsdt.base,comdat\\n" \\
                ".weak _.stapsdt.base\\n.hidden _.stapsdt.base\\n_.stapsdt.base: .space 1\\n" \\
                ".size _.stapsdt.base,1\\n.popsection\\n.endif\\n"
            __attribute__((section(".probes"))) volatile unsigned short jig_semaphore;
            __attribute__((noinline)) static int jig_hidden(int x) { __asm__ volatile(""); return x + 1; }
            __attribute__((noinline)) int jig_visible(int x)
            {
                __asm__ volatile(NOTE("visible", "0"));
                if (jig_semaphore)
                    __asm__ volatile(NOTE("watched", "jig_semaphore"));
                return jig_hidden(x) + 1;
            }
            int main(int count, char **arguments)
            {
                int sum = 0;
                for (int i = atoi(arguments[1]); i > 0; i--)
                    sum = jig_visible(sum);
                return getppid() == 0 || sum == 0;
            }
            """;

    @TempDir
    private Path folder = Path.of("");

    private final Counting counting = new Counting();

    @AfterEach
    void close() {
        counting.close();
    }

    private Path compile(String... options) throws IOException, InterruptedException {
        Requirement.check(Machine.hasCommand("cc"), "no C compiler (cc)");
        Path source = Files.writeString(folder.resolve("small.c"), SOURCE);
        Path program = folder.resolve("jig_small");
        List<String> command = new ArrayList<>(List.of("cc", "-O1", "-o", program.toString(), source.toString()));
        command.addAll(List.of(options));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return program;
    }

    private static void call(Path program, int times) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(program.toString(), String.valueOf(times))
                        .start()
                        .waitFor())
                .isZero();
    }

    private UserProbes probes() {
        return new UserProbes(
                new Probes(Kernel.architecture()),
                new UserFiles(Path.of("/etc/ld.so.cache"), Path.of("/"), folder.toString()));
    }

    private long counted(Path program, String target, Probes.Point point) throws IOException, InterruptedException {
        long before = counting.count();
        try (BpfProgram loaded = BpfProgram.load(counting.counting(ProgramType.KPROBE));
                Link link = probes().attach(loaded, UserTarget.parse(target), point)) {
            assertThat(link).isNotNull();
            call(program, 7);
        }
        long during = counting.count();
        call(program, 5);
        assertThat(counting.count()).as("calls after detaching").isEqualTo(during);
        return during - before;
    }

    @Test
    void shouldCountEachCall() throws IOException, InterruptedException {
        Path program = compile();

        assertThat(counted(program, program + ":jig_visible", Probes.Point.ENTRY))
                .isEqualTo(7);
        assertThat(counted(program, program + ":jig_visible", Probes.Point.RETURN))
                .isEqualTo(7);
        assertThat(counted(program, program + ":jig_hidden", Probes.Point.ENTRY))
                .isEqualTo(7);
    }

    @Test
    void shouldFindProgramsThatHaveFixedAddressesOrLackSymbols() throws IOException, InterruptedException {
        Path fixed = compile("-no-pie");
        assertThat(counted(fixed, fixed + ":jig_visible", Probes.Point.ENTRY)).isEqualTo(7);

        Path whole = compile("-static");
        assertThat(counted(whole, whole + ":jig_visible", Probes.Point.ENTRY)).isEqualTo(7);

        Path stripped = compile("-rdynamic", "-s");
        assertThat(counted(stripped, stripped + ":jig_visible", Probes.Point.RETURN))
                .isEqualTo(7);
    }

    @Test
    void shouldFindProgramsByName() throws IOException, InterruptedException {
        Path program = compile();

        assertThat(counted(program, "jig_small:jig_visible", Probes.Point.ENTRY))
                .isEqualTo(7);
    }

    @Test
    void shouldFindLibrariesByName() throws IOException, InterruptedException {
        Requirement.check(Files.exists(Path.of("/etc/ld.so.cache")), "no /etc/ld.so.cache");
        Path program = compile();

        // Others call it, too.
        long before = counting.count();
        try (BpfProgram loaded = BpfProgram.load(counting.counting(ProgramType.KPROBE));
                Link link = probes().attach(loaded, UserTarget.parse("libc:getppid"), Probes.Point.ENTRY)) {
            assertThat(link).isNotNull();
            call(program, 1);
        }
        assertThat(counting.count()).isGreaterThan(before);
    }

    @Test
    void shouldNameTheNearestFunction() throws IOException, InterruptedException {
        Path program = compile();

        try (BpfProgram loaded = BpfProgram.load(counting.counting(ProgramType.KPROBE))) {
            assertThatThrownBy(() ->
                            probes().attach(loaded, UserTarget.parse(program + ":jig_visibel"), Probes.Point.ENTRY))
                    .hasMessage(program + " has no function jig_visibel (nearest: jig_visible)");
            assertThatThrownBy(() -> probes().attach(
                                    loaded, UserTarget.parse("libc:no_such_function_at_all"), Probes.Point.ENTRY))
                    .hasMessageContaining(" has no function no_such_function_at_all");
        }
    }

    private long countedStatic(Path program, String probe) throws IOException, InterruptedException {
        try (BpfProgram loaded = BpfProgram.load(counting.counting(ProgramType.KPROBE));
                Link link = probes().attachStatic(loaded, UserTarget.parseStatic(program + ":jig:" + probe))) {
            assertThat(link).isNotNull();
            call(program, 7);
        }
        long during = counting.count();
        call(program, 5);
        assertThat(counting.count()).as("calls after detaching").isEqualTo(during);
        return during;
    }

    @Test
    void shouldCountStaticProbes() throws IOException, InterruptedException {
        Requirement.check(Kernel.architecture() == Architecture.X86_64, "the program is written for x86-64");
        assertThat(countedStatic(compile(), "visible")).isEqualTo(7);
    }

    @Test
    void shouldCountStaticProbesThatWantToKnowWhetherAnybodyWatches() throws IOException, InterruptedException {
        Requirement.check(Kernel.architecture() == Architecture.X86_64, "the program is written for x86-64");
        assertThat(countedStatic(compile("-no-pie"), "watched")).isEqualTo(7);
    }

    @Test
    void shouldNameStaticProbes() throws IOException, InterruptedException {
        Requirement.check(Kernel.architecture() == Architecture.X86_64, "the program is written for x86-64");
        Path program = compile();

        try (BpfProgram loaded = BpfProgram.load(counting.counting(ProgramType.KPROBE))) {
            assertThatThrownBy(() -> probes().attachStatic(loaded, UserTarget.parseStatic(program + ":jig:absent")))
                    .hasMessage(program + " has no static probe jig:absent, only jig:visible, jig:watched");
            assertThatThrownBy(() -> probes().attachStatic(loaded, UserTarget.parseStatic("/bin/true:jig:absent")))
                    .hasMessageEndingWith("true has no static probes (USDT)");
        }
    }

    @Test
    void shouldProbePlacesOfFiles() throws IOException, InterruptedException {
        Path program = compile();
        long offset;
        try (ExecutableFile file = ExecutableFile.open(program)) {
            offset = file.functionOffset("jig_visible").orElseThrow();
        }

        assertThat(counted(program, program + ":0x" + Long.toHexString(offset), Probes.Point.ENTRY))
                .isEqualTo(7);
    }

    @Test
    void shouldFindFunctionsOfStrippedGoPrograms() throws IOException, InterruptedException {
        Requirement.check(Machine.hasCommand("go"), "no Go compiler (go)");
        Path source = Files.writeString(folder.resolve("small.go"), """
                package main
                import ("os"; "strconv")
                //go:noinline
                func visible(x int) int { return x + 1 }
                func main() {
                	count, _ := strconv.Atoi(os.Args[1])
                	sum := 0
                	for ; count > 0; count-- { sum = visible(sum) }
                	if sum == 0 { os.Exit(1) }
                }
                """);
        for (String mode : List.of("-buildmode=exe", "-buildmode=pie")) {
            Path program = folder.resolve("jig_go" + mode);
            ProcessBuilder builder = new ProcessBuilder(
                    "go", "build", mode, "-ldflags=-s -w", "-o", program.toString(), source.toString());
            builder.environment()
                    .putAll(Map.of("CGO_ENABLED", "0", "GOFLAGS", "", "GOPROXY", "off", "GO111MODULE", "off"));
            builder.environment().put("GOCACHE", folder.resolve("cache").toString());
            assertThat(builder.inheritIO().start().waitFor()).isZero();

            assertThat(counted(program, program + ":main.visible", Probes.Point.ENTRY))
                    .as(mode)
                    .isEqualTo(7);
        }
    }
}

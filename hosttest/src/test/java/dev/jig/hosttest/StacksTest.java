// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks of small programs that this test compiles and runs, and the gadgets that are about stacks. */
@HostTest
class StacksTest {
    private static final String CHROOTS = """
            #define _GNU_SOURCE
            #include <unistd.h>
            __attribute__((noinline)) int level3(void) { int r = chroot("/"); __asm__ volatile(""); return r + 1; }
            __attribute__((noinline)) int level2(void) { int r = level3(); __asm__ volatile(""); return r + 1; }
            __attribute__((noinline)) int level1(void) { int r = level2(); __asm__ volatile(""); return r + 1; }
            int main(void) { for (;;) { level1(); usleep(20000); } }
            """;

    private static final String SPINS = """
            volatile unsigned long sum;
            __attribute__((noinline)) void spin(void) { for (int i = 0; i < 1000000; i++) sum += i; }
            int main(void) { for (;;) spin(); }
            """;

    private static final String ALLOCATES = """
            #define _GNU_SOURCE
            #include <malloc.h>
            #include <stdlib.h>
            #include <sys/mman.h>
            #include <unistd.h>
            __attribute__((noinline)) void step(void) {
            	void *p = malloc(1111); p = realloc(p, 2222); free(p);
            	p = calloc(3, 1111); free(p);
            	if (!posix_memalign(&p, 64, 4444)) free(p);
            	p = valloc(7777); free(p);
            	p = pvalloc(8888); free(p);
            	p = mmap(0, 12288, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); munmap(p, 12288);
            	p = malloc(-1UL >> 1);
            	__asm__ volatile("");
            }
            int main(void) { char c; while (read(0, &c, 1) == 1) step(); malloc(-1UL >> 2); }
            """;

    private static final String JAVA = """
            class Spins {
                static long spin(long n) { long s = 0; for (long i = 0; i < n; i++) { s = s * 31 + (i ^ s); } return s; }
                public static void main(String[] args) { long x = 0; for (;;) { x += spin(100_000); if (x == 1) System.out.println(x); } }
            }
            """;

    private static final String BEHIND_LAST_ROUND = "\"size\":" + (Long.MAX_VALUE >> 1);

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private final List<Process> programs = new ArrayList<>();

    @BeforeEach
    void find() {
        product = Product.in(folder);
        Requirement.check(Machine.hasCommand("cc"), "no C compiler (cc)");
    }

    @AfterEach
    void end() {
        programs.forEach(Process::destroyForcibly);
    }

    private Path compile(String name, String source, String... flags) throws Exception {
        Path program = folder.resolve(name);
        Path file = Files.writeString(folder.resolve(name + ".c"), source);
        List<String> command = new ArrayList<>(List.of(
                "cc", "-O1", "-fno-omit-frame-pointer", "-fno-builtin", "-o", program.toString(), file.toString()));
        command.addAll(List.of(flags));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return program;
    }

    private Process run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        programs.add(process);
        return process;
    }

    /** The whole lines so far. */
    private static List<JsonNode> events(Product.Running running) throws IOException {
        String output = running.output();
        return Events.parseLines(output.substring(0, output.lastIndexOf('\n') + 1));
    }

    @Test
    void shouldNameTheFunctionsThatAskedForACapability() throws Exception {
        List<String> names = List.of("jig_usual", "jig_static", "jig_no_pie", "jig_no_id", "jig_deleted");
        run(compile(names.get(0), CHROOTS).toString());
        run(compile(names.get(1), CHROOTS, "-static").toString());
        run(compile(names.get(2), CHROOTS, "-no-pie").toString());
        run(compile(names.get(3), CHROOTS, "-Wl,--build-id=none").toString());
        Path deleted = compile(names.get(4), CHROOTS);
        run(deleted.toString());
        Files.delete(deleted);
        List<JsonNode> events;
        try (Product.Running running =
                product.start("run", "trace_capabilities", "-o", "json", "--collect-ustack", "--collect-build-id")) {
            for (String name : names) {
                running.awaitOutput("\"comm\":\"" + name + "\"");
            }
            assertThat(running.interrupt().exitCode()).isZero();
            events = Events.with(events(running), "cap", "CAP_SYS_CHROOT");
        }
        for (String name : names) {
            JsonNode event = Events.with(events, "proc.comm", name).getFirst();
            assertThat(field(event, "ustack.symbols").asText()).as(name).contains("; level2; level1; main; ");
            assertThat(field(event, "ustack.addresses").asText()).as(name).matches("(0x[0-9a-f]{16}; ){4,}");
            assertThat(field(event, "kstack").asText())
                    .as(name)
                    .contains("cap_capable; ")
                    .contains("chroot");
            assertThat(field(event, "syscall").asText()).isEqualTo("SYS_CHROOT");
            assertThat(field(event, "capable").asBoolean()).isTrue();
            assertThat(field(event, "audit").asInt()).isEqualTo(1);
            assertThat(field(event, "insetid").asInt()).isZero();
            assertThat(field(event, "cap_effective").asText()).contains("FLAG_CAP_SYS_CHROOT");
            assertThat("user:[" + field(event, "current_userns").asText() + "]")
                    .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user"))
                            .toString());
            assertThat(field(event, "target_userns")).isEqualTo(field(event, "current_userns"));
        }
        JsonNode event = Events.with(events, "proc.comm", "jig_usual").getFirst();
        assertThat(field(event, "ustack.buildid").asText()).matches("([0-9a-f]{40} \\+[0-9a-f]+; ){3,}.*");
        Catalogue.checkFields("trace_capabilities", event);
        Catalogue.checkParams(product, "trace_capabilities");
    }

    @Test
    void shouldTellHowTheKernelAsked() throws Exception {
        Requirement.check(Machine.hasCommand("setpriv"), "no setpriv");
        JsonNode refused = capability(
                "nice", "SYS_SETPRIORITY", "setpriv", "--reuid=65534", "--clear-groups", "nice", "-n", "-20", "true");
        JsonNode silent = capability("head", "\"CAP_SYSLOG\"", "head", "-1", "/proc/kallsyms");

        assertThat(field(refused, "cap").asText()).isEqualTo("CAP_SYS_NICE");
        assertThat(field(refused, "capable").asBoolean()).isFalse();
        assertThat(field(refused, "audit").asInt()).isEqualTo(1);
        assertThat(field(refused, "proc.creds.uid").asInt()).isEqualTo(65534);
        assertThat(field(silent, "audit").asInt()).isZero();
        assertThat(field(silent, "syscall").asText()).isEqualTo("SYS_OPENAT");
    }

    /** The first event of a program that has a word in it. */
    private JsonNode capability(String program, String word, String... command) throws Exception {
        try (Product.Running running = product.start("run", "trace_capabilities", "-o", "json", "--comm", program)) {
            running.awaitSign(word, () -> run(command).waitFor());
            assertThat(running.interrupt().exitCode()).isZero();
            for (JsonNode event : events(running)) {
                if (event.toString().contains(word)) {
                    return event;
                }
            }
        }
        throw new AssertionError("no " + word);
    }

    @Test
    void shouldSampleWhereProgramsSpendTheirTime() throws Exception {
        run(compile("jig_spins", SPINS).toString());
        Process reader = run("dd", "if=/dev/zero", "of=/dev/null", "bs=1M");
        List<JsonNode> rows = new ArrayList<>();
        try (Product.Running running = product.start(
                "run", "profile_cpu", "-o", "json", "--collect-ustack", "--map-fetch-interval", "300ms")) {
            running.awaitOutput("\"comm\":\"jig_spins\"");
            running.awaitOutput("vfs_read; ");
            assertThat(running.interrupt().exitCode()).isZero();
            events(running).forEach(array -> array.forEach(rows::add));
        }
        JsonNode spinning = Events.with(rows, "proc.comm", "jig_spins").getFirst();
        assertThat(field(spinning, "user_stack_raw.symbols").asText()).startsWith("spin; ");
        assertThat(field(spinning, "samples").asLong()).isPositive();
        List<JsonNode> reading = Events.with(rows, "proc.pid", String.valueOf(reader.pid()));
        assertThat(reading).anySatisfy(row -> {
            assertThat(field(row, "kern_stack").asText()).contains("vfs_read; ").endsWith("; ");
            assertThat(field(row, "kernel_ip").asText()).startsWith("1844");
        });
        assertThat(Events.with(rows, "proc.tid", "0")).isEmpty();
        Catalogue.checkFields("profile_cpu", spinning);
        Catalogue.checkParams(product, "profile_cpu");
    }

    @Test
    void shouldTakeTheStacksThatAreAskedForOnly() throws Exception {
        Process spinning = run(compile("jig_spins", SPINS).toString());
        String pid = String.valueOf(spinning.pid());
        JsonNode kernelOnly = firstSample(pid, "--collect-ustack", "--kernel-stacks-only");
        JsonNode userOnly = firstSample(pid, "--collect-ustack", "--user-stacks-only");

        assertThat(field(kernelOnly, "user_stack_raw.symbols").asText()).isEmpty();
        assertThat(field(kernelOnly, "user_stack_raw.inode").asLong()).isZero();
        assertThat(field(userOnly, "user_stack_raw.symbols").asText()).startsWith("spin; ");
        assertThat(field(userOnly, "kern_stack_raw").asLong()).isEqualTo(0xffff_ffffL);
        assertThat(field(userOnly, "kern_stack").asText()).isEmpty();
    }

    @Test
    void shouldSampleByTheClockWhereThereAreNoCounters() throws Exception {
        Path gadget = Machine.sourceTree().resolve("gadgets/profile_cpu");
        Path copy = Files.createDirectory(folder.resolve("cycles"));
        Files.copy(gadget.resolve("program.bpf.c"), copy.resolve("program.bpf.c"));
        Files.writeString(
                copy.resolve("gadget.yaml"),
                Files.readString(gadget.resolve("gadget.yaml"))
                        .replace("type: software", "type: hardware")
                        .replace("count_sw_cpu_clock", "count_hw_cpu_cycles"));
        Finished built = product.run("image", "build", copy.toString(), "-t", "cycles");
        assertThat(built.exitCode()).as(built.err()).isZero();
        run(compile("jig_spins", SPINS).toString());

        try (Product.Running running = product.start("run", "cycles", "-o", "json", "--map-fetch-interval", "300ms")) {
            running.awaitOutput("\"comm\":\"jig_spins\"");
            Finished finished = running.interrupt();
            assertThat(finished.exitCode()).isZero();
            String counters = "/sys/bus/event_source/devices/cpu";
            assertThat(finished.err().contains("no hardware counters on this machine; sampling by clock"))
                    .isEqualTo(!Files.exists(Path.of(counters)));
        }
    }

    private JsonNode firstSample(String pid, String... flags) throws Exception {
        List<String> words = new ArrayList<>(
                List.of("run", "profile_cpu", "-o", "json", "--pid", pid, "--map-fetch-interval", "300ms"));
        words.addAll(List.of(flags));
        try (Product.Running running = product.start(words.toArray(String[]::new))) {
            running.awaitOutput("\"samples\"");
            assertThat(running.interrupt().exitCode()).isZero();
            for (JsonNode array : events(running)) {
                if (!array.isEmpty()) {
                    return array.get(0);
                }
            }
        }
        throw new AssertionError("no samples");
    }

    @Test
    void shouldTellAllocations() throws Exception {
        Process allocating = run(compile("jig_allocates", ALLOCATES).toString());
        List<JsonNode> events;
        try (OutputStream rounds = allocating.getOutputStream();
                Product.Running running = product.start(
                        "run",
                        "trace_malloc",
                        "-o",
                        "json",
                        "--collect-ustack",
                        "--pid",
                        String.valueOf(allocating.pid()))) {
            running.awaitSign("malloc", () -> {
                rounds.write('\n');
                rounds.flush();
            });
            rounds.close();
            running.awaitOutput(BEHIND_LAST_ROUND);
            assertThat(running.interrupt().exitCode()).isZero();
            events = events(running);
        }
        int start = lastIndexOf(events, "malloc", 1111);
        JsonNode allocated = events.get(start);
        String address = field(allocated, "addr").asText();
        JsonNode givenBack = events.get(start + 1);
        assertThat(field(givenBack, "operation").asText()).isEqualTo("realloc_free");
        assertThat(field(givenBack, "addr").asText()).isEqualTo(address);
        assertThat(field(givenBack, "size").asLong()).isZero();
        int moved = indexOf(events, "realloc", 2222, start);
        JsonNode freed = events.get(moved + 1);
        assertThat(field(freed, "operation").asText()).isEqualTo("free");
        assertThat(field(freed, "addr")).isEqualTo(field(events.get(moved), "addr"));
        int cleared = indexOf(events, "calloc", 3333, moved);
        int aligned = indexOf(events, "posix_memalign", 4444, cleared);
        assertThat(field(events.get(aligned), "addr").asLong() % 64).isZero();
        int pages = indexOf(events, "pvalloc", 8888, indexOf(events, "valloc", 7777, aligned));
        int mapped = indexOf(events, "mmap", 12288, pages);
        JsonNode unmapped = events.get(mapped + 1);
        assertThat(field(unmapped, "operation").asText()).isEqualTo("munmap");
        assertThat(field(unmapped, "addr")).isEqualTo(field(events.get(mapped), "addr"));
        int failed = indexOf(events, "malloc", Long.MAX_VALUE, mapped);
        assertThat(field(events.get(failed), "addr").asLong()).isZero();
        assertThat(field(allocated, "ustack.symbols").asText()).startsWith("step; main; ");
        assertThat(field(freed, "ustack.symbols").asText()).startsWith("free; ");
        Catalogue.checkFields("trace_malloc", allocated);
        Catalogue.checkParams(product, "trace_malloc");
    }

    private static int indexOf(List<JsonNode> events, String operation, long size, int from) {
        for (int i = from; i < events.size(); i++) {
            if (is(events.get(i), operation, size)) {
                return i;
            }
        }
        throw new AssertionError("no " + operation + " of " + size + " bytes from " + from);
    }

    private static int lastIndexOf(List<JsonNode> events, String operation, long size) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (is(events.get(i), operation, size)) {
                return i;
            }
        }
        throw new AssertionError("no " + operation + " of " + size + " bytes");
    }

    private static boolean is(JsonNode event, String operation, long size) {
        return field(event, "operation").asText().equals(operation)
                && field(event, "size").asLong() == size;
    }

    @Test
    void shouldNameFunctionsOfProcessesThatAreGone() throws Exception {
        Path marker = Files.createFile(folder.resolve("jig_opened"));
        // Each subshell is a process that opens the file and ends; what it shares with its parent stays.
        run("sh", "-c", "while :; do ( : <" + marker + " ); sleep 0.05; done");
        try (Product.Running running = product.start("run", "trace_open", "-o", "json", "--collect-ustack")) {
            running.awaitOutput(marker.toString());
            assertThat(running.interrupt().exitCode()).isZero();
            JsonNode event =
                    Events.with(events(running), "fname", marker.toString()).getFirst();
            assertThat(field(event, "ustack.symbols").asText()).startsWith("open");
        }
    }

    @Test
    void shouldNameFunctionsThatAVirtualMachineMade() throws Exception {
        Path java = Path.of(System.getProperty("java.home", "/"), "bin");
        Path source = Files.writeString(folder.resolve("Spins.java"), JAVA);
        Process machine = run(java.resolve("java").toString(), source.toString());
        Path map = Path.of("/tmp/perf-" + machine.pid() + ".map");
        String pid = String.valueOf(machine.pid());
        try (Product.Running running = product.start(
                "run",
                "profile_cpu",
                "-o",
                "json",
                "--collect-ustack",
                "--user-stacks-only",
                "--pid",
                pid,
                "--map-fetch-interval",
                "300ms")) {
            running.awaitSign(
                    "Spins.spin",
                    () -> run(java.resolve("jcmd").toString(), pid, "Compiler.perfmap")
                            .waitFor());
            assertThat(running.interrupt().exitCode()).isZero();
        } finally {
            Files.deleteIfExists(map);
        }
    }

    @Test
    void shouldSayWhyKernelStacksHaveNoNames() throws Exception {
        Requirement.check(Machine.hasCommand("unshare"), "no unshare");
        Path hidden = Files.writeString(folder.resolve("kallsyms"), "0000000000000000 T _stext\n");
        Finished finished = product.runAllInShell("unshare -m sh -c 'mount --bind " + hidden + " /proc/kallsyms && "
                + product.plainCommandLine("run", "profile_cpu", "-o", "json", "--include-idle", "-t", "2")
                + "'");

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.err()).containsOnlyOnce("kernel stacks have no names");
        assertThat(finished.err()).contains("kernel.kptr_restrict");
        assertThat(finished.out()).contains("[unknown]; ");
    }

    @Test
    void shouldRefuseUnknownSymbolizers() {
        Finished finished = product.run("run", "trace_open", "--symbolizers", "nosuch", "-t", "1");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err()).contains("unknown symbolizer \"nosuch\"");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs, maps and links live as long as the run, and no longer, however it ends. */
@HostTest
class NothingLeftTest {
    private static final int SECONDS = 10;
    private static final int START_SECONDS = 60;
    private static final int KILLS = 50;
    private static final List<String> KINDS = List.of("prog", "map", "link");

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        Requirement.check(Machine.hasCommand("bpftool"), "no bpftool");
        product = Product.in(folder);
    }

    @Test
    void shouldLeaveNothingWhenInterrupted() throws Exception {
        shouldLeaveNothingAfter("INT");
    }

    @Test
    void shouldLeaveNothingWhenTerminated() throws Exception {
        shouldLeaveNothingAfter("TERM");
    }

    @Test
    void shouldLeaveNothingWhenKilled() throws Exception {
        shouldLeaveNothingAfter("KILL");
    }

    private void shouldLeaveNothingAfter(String signal) throws Exception {
        TinyGadget gadget = TinyGadget.withValue(folder, "7");
        gadget.buildAs(product, "tiny");
        try (Product.Running running = product.start("run", "tiny", "-o", "json")) {
            running.awaitSign("{\"value\":7}", () -> OpenCalls.open("/jig-sign", OpenCalls.O_RDONLY, 0));
            assertThat(inKernel("prog", gadget.unique() + "_p")).isTrue();
            assertThat(inKernel("map", gadget.unique())).isTrue();
            assertThat(links(running.process().pid())).isPositive();

            running.signal(signal);
            running.await(SECONDS);

            awaitGone("prog", gadget.unique() + "_p");
            awaitGone("map", gadget.unique());
            assertThat(links(running.process().pid())).isZero();
        }
    }

    @Test
    void shouldLeaveNothingWhenTheStartFails() throws Exception {
        TinyGadget gadget = TinyGadget.withValue(folder, "*(__u32 *)((long)task + 8)");
        gadget.buildAs(product, "tiny");

        assertThat(product.run("run", "tiny", "-t", "1").exitCode()).isEqualTo(1);

        awaitGone("prog", gadget.unique() + "_p");
        awaitGone("map", gadget.unique());
    }

    /** Fifty times, each time another gadget, at another moment. */
    @Test
    void shouldLeaveNothingOfAnyGadgetThatIsKilled() throws Exception {
        List<String> gadgets = catalogue();
        Set<String> seen = new TreeSet<>();
        Set<String> objects = new TreeSet<>();
        for (int round = 0; round < KILLS; round++) {
            String gadget = gadgets.get(round % gadgets.size());
            try (Product.Running running = product.start("run", gadget)) {
                boolean hasPrograms = Files.exists(
                        Machine.sourceTree().resolve("gadgets").resolve(gadget).resolve("program.bpf.c"));
                Set<String> held = hasPrograms ? awaitProgram(running.process()) : new TreeSet<>();
                Thread.sleep(round % 7 * 10L);
                held.addAll(objectsOf(running.process().pid()));
                if (running.process().isAlive() && !held.isEmpty()) {
                    seen.add(gadget);
                }
                running.signal("KILL");
                running.await(SECONDS);
                objects.addAll(held);
            }
        }
        assertThat(seen).hasSizeGreaterThan(gadgets.size() / 2);

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!retainLiving(objects).isEmpty()) {
            assertThat(System.nanoTime()).as(objects + " are left").isLessThan(end);
            Thread.sleep(50);
        }
        assertThat(product.runAll(List.of("bpftool", "-j", "net", "show")).out())
                .doesNotContain("ig_net_disp");
        assertThat(
                        Files.exists(Path.of("/sys/fs/bpf"))
                                ? product.runAll(List.of("find", "/sys/fs/bpf", "-mindepth", "1"))
                                        .out()
                                : "")
                .doesNotContain("ig-");
    }

    private static List<String> catalogue() throws IOException {
        try (Stream<Path> gadgets = Files.list(Machine.sourceTree().resolve("gadgets"))) {
            return gadgets.map(gadget -> gadget.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** What a process holds as soon as it holds a program, or when it has ended. */
    private static Set<String> awaitProgram(Process process) throws IOException, InterruptedException {
        Set<String> held = new TreeSet<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && held.stream().noneMatch(object -> object.startsWith("prog"))) {
            assertThat(System.nanoTime()).as("no program is loaded").isLessThan(end);
            held.addAll(objectsOf(process.pid()));
            Thread.sleep(2);
        }
        return held;
    }

    /** Programs, maps and links that a process has descriptors of, by kind and id. */
    private static Set<String> objectsOf(long pid) throws IOException {
        Set<String> objects = new TreeSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fdinfo"))) {
            for (Path descriptor : descriptors.toList()) {
                for (String line : lines(descriptor)) {
                    for (String kind : KINDS) {
                        if (line.startsWith(kind + "_id:")) {
                            objects.add(kind + " "
                                    + line.substring(line.indexOf(':') + 1).strip());
                        }
                    }
                }
            }
        } catch (IOException | java.io.UncheckedIOException ended) {
            return objects;
        }
        return objects;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException closed) {
            return List.of();
        }
    }

    private Set<String> retainLiving(Set<String> objects) {
        Set<String> living = new TreeSet<>();
        for (String kind : KINDS) {
            String shown =
                    product.runAll(List.of("bpftool", "-j", kind, "show")).out();
            Matcher ids = Pattern.compile("\\{\"id\":(\\d+)").matcher(shown);
            while (ids.find()) {
                living.add(kind + " " + ids.group(1));
            }
        }
        objects.retainAll(living);
        return objects;
    }

    private boolean inKernel(String kind, String name) {
        return product.runAll(List.of("bpftool", "-j", kind, "show")).out().contains("\"name\":\"" + name + "\"");
    }

    /** How many links, or perf events that stand for them, a process holds. */
    private long links(long pid) {
        String links = product.runAll(List.of("bpftool", "-j", "link", "show")).out();
        String events = product.runAll(List.of("bpftool", "-j", "perf", "show")).out();
        return (links + events).split("\"pid\":" + pid + ",", -1).length - 1L;
    }

    /** The kernel frees programs and maps a little after their last holder is gone. */
    private void awaitGone(String kind, String name) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (inKernel(kind, name)) {
            assertThat(System.nanoTime()).as(kind + " " + name + " is left").isLessThan(end);
            Thread.sleep(50);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs, maps and links live as long as the run, and no longer, however it ends. */
@HostTest
class NothingLeftTest {
    private static final int SECONDS = 10;

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

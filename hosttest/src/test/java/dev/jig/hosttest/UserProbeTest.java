// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jig.bpf.features.KernelVersion;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gadgets that watch functions of a small C program. */
@HostTest
class UserProbeTest {
    private static final String WATCHED = """
            __attribute__((noinline)) int jig_add(int one, int other) { __asm__ volatile(""); return one + other; }
            int main(void) { return jig_add(20, 3) + jig_add(30, 4) != 57; }
            """;

    private static final String GADGET = """
            // SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
            #include <vmlinux.h>
            #include <bpf/bpf_helpers.h>
            #include <bpf/bpf_core_read.h>
            #include <bpf/bpf_tracing.h>
            #include <gadget/buffer.h>
            #include <gadget/macros.h>

            struct event { bool returned; int first; int second; };
            GADGET_TRACER_MAP(calls, 4096);
            GADGET_TRACER(calls, calls, event);

            static __always_inline int report(void *ctx, bool returned, int first, int second)
            {
            	struct event *event = gadget_reserve_buf(&calls, sizeof(*event));

            	if (!event)
            		return 0;
            	event->returned = returned;
            	event->first = first;
            	event->second = second;
            	gadget_submit_buf(ctx, &calls, event, sizeof(*event));
            	return 0;
            }

            SEC("uprobe/FILE:ENTERED")
            int BPF_KPROBE(entered, int first, int second) { return report(ctx, false, first, second); }

            SEC("uretprobe/FILE:LEFT")
            int BPF_KRETPROBE(left, int result) { return report(ctx, true, result, 0); }

            char LICENSE[] SEC("license") = "GPL";
            """;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private Path watched = Path.of("");

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        product = Product.in(folder);
        Requirement.check(Machine.hasCommand("cc"), "no C compiler (cc)");
        Path source = Files.writeString(folder.resolve("watched.c"), WATCHED);
        watched = folder.resolve("watched");
        int compiled = new ProcessBuilder("cc", "-O1", "-o", watched.toString(), source.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(compiled).isZero();
    }

    private void build(String entered, String left) throws IOException {
        build(GADGET, entered, left);
    }

    private void build(String program, String entered, String left) throws IOException {
        Path sources = Files.createDirectory(folder.resolve("gadget"));
        Files.writeString(
                sources.resolve("program.bpf.c"),
                program.replace("FILE", watched.toString())
                        .replace("ENTERED", entered)
                        .replace("LEFT", left));
        Files.writeString(sources.resolve("gadget.yaml"), "name: calls\n");
        Finished built = product.run("image", "build", sources.toString(), "-t", "calls");
        assertThat(built.exitCode()).as(built.err()).isZero();
    }

    private List<JsonNode> eventsOfTwoRuns() throws Exception {
        try (Product.Running running = product.start("run", "calls", "-o", "json")) {
            running.awaitSign("}\n", () -> product.runAll(List.of(watched.toString())));
            Finished finished = running.interrupt();
            assertThat(finished.exitCode()).as(finished.err()).isZero();
            List<JsonNode> events = new ArrayList<>();
            for (String line : finished.out().lines().toList()) {
                events.add(new ObjectMapper().readTree(line));
            }
            return events;
        }
    }

    @Test
    void shouldTellArgumentsAndResults() throws Exception {
        build("jig_add", "jig_add");

        shouldTellOfBothCalls();
    }

    /** One link for all functions that fit, from Linux 6.6 on. */
    @Test
    void shouldWatchAllFunctionsThatFit() throws Exception {
        Requirement.check(KernelVersion.running().isAtLeast(6, 6), "no probes at many functions before Linux 6.6");
        build(GADGET.replace("probe/", "probe.multi/"), "jig_?dd", "jig_a*");

        shouldTellOfBothCalls();
    }

    private void shouldTellOfBothCalls() throws Exception {
        List<String> told = new ArrayList<>();
        for (JsonNode event : eventsOfTwoRuns()) {
            told.add((event.get("returned").asBoolean() ? "returned " : "called ")
                    + event.get("first").asInt() + " " + event.get("second").asInt());
        }
        assertThat(told.subList(told.size() - 4, told.size()))
                .containsExactly("called 20 3", "returned 23 0", "called 30 4", "returned 34 0");
    }

    @Test
    void shouldGoOnWithoutWhatIsNotInstalled() throws Exception {
        build("jig_add", "jig_ad");

        try (Product.Running running = product.start("run", "calls", "-o", "json")) {
            running.awaitSign("}\n", () -> product.runAll(List.of(watched.toString())));
            Finished finished = running.interrupt();
            assertThat(finished.err())
                    .contains("attaching eBPF program \\\"left\\\": " + watched
                            + " has no function jig_ad (nearest: jig_add)");
            assertThat(finished.out()).contains("\"first\":20").doesNotContain("\"returned\":true");
        }
    }

    @Test
    void shouldFailWhereNoFunctionFits() throws Exception {
        build(GADGET.replace("probe/", "probe.multi/"), "jig_b*", "jig_b*");

        Finished finished = product.run("run", "calls", "-t", "1");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err())
                .contains("attaching eBPF program \"entered\": " + watched + " has no function jig_b*");
    }

    @Test
    void shouldFailWhereNothingCanBeWatched() throws Exception {
        build("jig_and", "jig_ad");

        Finished finished = product.run("run", "calls", "-t", "1");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err())
                .contains("attaching eBPF program \"entered\": " + watched
                        + " has no function jig_and (nearest: jig_add)");
    }
}

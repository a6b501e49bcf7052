// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gadget that can do its job in several ways, of which no kernel has the first. */
@HostTest
class AlternativesTest {
    private static final String PROGRAM = """
            // SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
            #include <vmlinux.h>
            #include <bpf/bpf_helpers.h>
            #include <bpf/bpf_core_read.h>
            #include <gadget/buffer.h>
            #include <gadget/macros.h>

            struct event {
            	__u32 rank;
            };

            const volatile __u32 gadget_variant_opens = 0;

            GADGET_TRACER_MAP(events, 4096);
            GADGET_TRACER(opens, events, event);

            struct {
            	__uint(type, BPF_MAP_TYPE_ARRAY);
            	__uint(max_entries, 1);
            	__type(key, __u32);
            	__type(value, __u64);
            } jig_only_never SEC(".maps");

            static __always_inline int report(void *ctx)
            {
            	struct event *event = gadget_reserve_buf(&events, sizeof(*event));

            	if (!event)
            		return 0;
            	event->rank = gadget_variant_opens;
            	gadget_submit_buf(ctx, &events, event, sizeof(*event));
            	return 0;
            }

            SEC("tracepoint/no_such_group/no_such_event")
            int jig_regular(void *ctx)
            {
            	return report(ctx);
            }
            GADGET_JOB(opens, jig_regular);

            int never(void *ctx)
            {
            	__u32 zero = 0;

            	return bpf_map_lookup_elem(&jig_only_never, &zero) ? report(ctx) : 0;
            }
            GADGET_ALTERNATIVE(opens, 10, tp_btf, no_such_tracepoint, never);

            int half(void *ctx)
            {
            	return report(ctx);
            }

            int other_half(void *ctx)
            {
            	return report(ctx);
            }
            GADGET_ALTERNATIVE(opens, 20, raw_tp, no_such_tracepoint, half);
            GADGET_ALTERNATIVE(opens, 20, tracepoint, syscalls___sys_exit_openat, other_half);

            int works(void *ctx)
            {
            	return report(ctx);
            }
            GADGET_ALTERNATIVE(opens, 60, tracepoint, syscalls___sys_exit_openat, works);
            GADGET_VARIANT_NAME(opens, 60, calls);
            OPTIONAL

            char LICENSE[] SEC("license") = "GPL";
            """;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private void build(String optional) throws IOException {
        Path gadget = Files.createDirectory(folder.resolve("gadget"));
        Files.writeString(gadget.resolve("program.bpf.c"), PROGRAM.replace("OPTIONAL", optional));
        Finished built = product.run("image", "build", gadget.toString(), "-t", "x:latest");
        assertThat(built.exitCode()).as(built.err()).isZero();
    }

    @Test
    void shouldTakeTheFirstThatTheKernelAllows() throws Exception {
        Requirement.check(Machine.hasCommand("bpftool"), "no bpftool");
        build("");
        Finished finished;
        Finished maps;
        try (Product.Running running = product.start("run", "x:latest", "-v", "-o", "json")) {
            running.awaitSign("rank", () -> OpenCalls.open("/jig-sign", OpenCalls.O_RDONLY, 0));
            maps = product.runAll(java.util.List.of("bpftool", "map", "show"));
            finished = running.interrupt();
        }

        assertThat(Events.parseLines(finished.out()))
                .isNotEmpty()
                .allSatisfy(
                        event -> assertThat(Events.field(event, "rank").asInt()).isEqualTo(60));
        assertThat(finished.err())
                .contains("rejected 10 tp_btf no_such_tracepoint: ")
                .contains("rejected 20 raw_tp no_such_tracepoint, tracepoint syscalls sys_exit_openat: ")
                .contains("rejected 50 tracepoint no_such_group no_such_event: ")
                .contains("chose 60 tracepoint syscalls sys_exit_openat");
        assertThat(maps.out()).contains("name events").doesNotContain("jig_only_never");
    }

    @Test
    void shouldSayWhyNoneIsPossible() throws Exception {
        build("");

        Finished finished = product.run("run", "x:latest", "--hooks", "opens=10", "-t", "1");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err())
                .contains("this kernel allows no way to do job \"opens\":\n  10 tp_btf no_such_tracepoint: ")
                .doesNotContain("chose");
    }

    @Test
    void shouldDoWithoutAnOptionalJob() throws Exception {
        build("GADGET_JOB_OPTIONAL(opens);");

        Finished finished = product.run("run", "x:latest", "--hooks", "opens=10", "-t", "1", "-o", "json");

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.err()).contains("not available on this kernel: opens; the first: 10 ");
        assertThat(finished.out()).isEmpty();
    }

    @Test
    void shouldListJobsOnlyOfGadgetsThatHaveThem() throws Exception {
        build("");

        JsonNode jobs = Events.parse(product.run("image", "inspect", "x:latest", "--extra-info", "jig.jobs")
                .out());

        assertThat(jobs.at("/0/name").asText()).isEqualTo("opens");
        assertThat(jobs.at("/0/variants").findValuesAsText("rank")).containsExactly("10", "20", "50", "60");
        assertThat(product.run("image", "inspect", "trace_open").out()).doesNotContain("jig.jobs");
    }

    private static final String ITERATORS = """
            // SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
            #include <vmlinux.h>
            #include <bpf/bpf_helpers.h>
            #include <gadget/macros.h>

            struct process { __u32 pid; };
            GADGET_ITER(processes, process, jig_regular);

            SEC("iter/no_such_objects")
            int jig_regular(void *ctx)
            {
            	return 0;
            }
            GADGET_JOB(iterate, jig_regular);

            int jig_tasks(struct bpf_iter__task *ctx)
            {
            	struct task_struct *task = ctx->task;
            	struct process process = {};

            	if (!task)
            		return 0;
            	process.pid = task->tgid;
            	bpf_seq_write(ctx->meta->seq, &process, sizeof(process));
            	return 0;
            }
            GADGET_ALTERNATIVE(iterate, 60, iter, task, jig_tasks);

            char LICENSE[] SEC("license") = "GPL";
            """;

    @Test
    void shouldReadTheIteratorOfAVariant() throws Exception {
        Path gadget = Files.createDirectory(folder.resolve("gadget"));
        Files.writeString(gadget.resolve("program.bpf.c"), ITERATORS);
        Finished built = product.run("image", "build", gadget.toString(), "-t", "x:latest");
        assertThat(built.exitCode()).as(built.err()).isZero();

        Finished finished = product.run("run", "x:latest", "-o", "json");

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(Events.with(
                        Events.elements(finished),
                        "pid",
                        String.valueOf(ProcessHandle.current().pid())))
                .isNotEmpty();
    }
}

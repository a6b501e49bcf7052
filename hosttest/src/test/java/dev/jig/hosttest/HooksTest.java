// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Opcode;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.BpfProgram;
import dev.jig.bpf.program.ProgramDefinition;
import dev.jig.bpf.sys.BpfAttribute;
import dev.jig.bpf.sys.BpfCommand;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gadget of one program for each kind of hook that this machine's kernel allows. */
@HostTest
class HooksTest {
    private static final String PROGRAM = """
            // SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
            #include <vmlinux.h>
            #include <bpf/bpf_helpers.h>
            #include <bpf/bpf_core_read.h>
            #include <bpf/bpf_tracing.h>
            #include <gadget/buffer.h>
            #include <gadget/macros.h>

            struct event { __u64 seen; };
            GADGET_TRACER_MAP(events, 65536);
            GADGET_TRACER(hits, events, event);

            static __always_inline int tell(void *ctx, __u64 seen)
            {
            	struct event event = { .seen = seen };

            	gadget_output_buf(ctx, &events, &event, sizeof(event));
            	return 0;
            }

            PROGRAMS

            char LICENSE[] SEC("license") = "GPL";
            """;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private void build(String programs) throws IOException {
        Path gadget = Files.createDirectory(folder.resolve("gadget"));
        Files.writeString(gadget.resolve("program.bpf.c"), PROGRAM.replace("PROGRAMS", programs));
        Finished built = product.run("image", "build", gadget.toString(), "-t", "x:latest");
        assertThat(built.exitCode()).as(built.err()).isZero();
    }

    /** Runs the gadget until it has seen this; what the run said. */
    private Finished runUntil(String seen, Product.ThrowingAction provoke, String... flags) throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of("run", "x:latest", "-o", "json"));
        words.addAll(List.of(flags));
        try (Product.Running running = product.start(words.toArray(String[]::new))) {
            running.awaitSign("{\"seen\":" + seen + "}", provoke);
            return running.interrupt();
        }
    }

    private static void connect() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            client.getOutputStream().write(1);
            assertThat(accepted.getInputStream().read()).isEqualTo(1);
        }
    }

    static void send(int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[100], 100, InetAddress.getLoopbackAddress(), port));
        }
    }

    @Test
    void shouldSeeSocketsOfAllCgroups() throws Exception {
        build("""
                SEC("cgroup/sock_release")
                int released(struct bpf_sock *ctx) { tell(ctx, ctx->protocol + 1000); return 1; }
                """);

        Finished finished = runUntil("1006", HooksTest::connect);

        assertThat(finished.exitCode()).as(finished.err()).isZero();
    }

    @Test
    void shouldSeePacketsOfAllCgroups() throws Exception {
        build("""
                SEC("cgroup_skb/egress")
                int leaving(struct __sk_buff *ctx) { tell(ctx, ctx->len); return 1; }
                """);

        runUntil("128", () -> send(9));
    }

    @Test
    void shouldFollowConnections() throws Exception {
        build("""
                SEC("sockops")
                int connections(struct bpf_sock_ops *ctx) { tell(ctx, ctx->op + 1000); return 1; }
                """);

        runUntil("1003", HooksTest::connect);
    }

    @Test
    void shouldAttachAlternativesToCgroups() throws Exception {
        build("""
                SEC("fentry/no_such_function")
                int never(void *ctx) { return 0; }
                GADGET_JOB(releases, never);

                int released(struct bpf_sock *ctx) { tell(ctx, ctx->protocol + 1000); return 1; }
                GADGET_ALTERNATIVE(releases, 60, cgroup, sock_release, released);
                """);

        Finished finished = runUntil("1006", HooksTest::connect, "-v");

        assertThat(finished.err()).contains("chose 60 cgroup sock_release");
    }

    @Test
    void shouldReadPerfBuffersThatGadgetsDeclare() throws Exception {
        build("""
                struct {
                	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
                	__uint(key_size, sizeof(__u32));
                	__uint(value_size, sizeof(__u32));
                } old_way SEC(".maps");
                GADGET_TRACER(old, old_way, event);

                SEC("cgroup_skb/egress")
                int leaving(struct __sk_buff *ctx)
                {
                	struct event event = { .seen = ctx->len };

                	bpf_perf_event_output(ctx, &old_way, BPF_F_CURRENT_CPU, &event, sizeof(event));
                	return 1;
                }
                """);

        Finished finished = runUntil("128", () -> send(9), "--buffer-size=1M");

        assertThat(finished.exitCode()).as(finished.err()).isZero();
    }

    @Test
    void shouldSeePacketsOfAllNetworkNamespaces() throws Exception {
        Requirement.check(Machine.hasCommand("unshare"), "no command unshare");
        build("""
                SEC("socket1")
                int packets(struct __sk_buff *ctx) { tell(ctx, ((__u64)ctx->cb[0] << 32) + ctx->len); return 0; }
                """);
        long own = number(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
        Process before = inOtherNetwork();
        Process after = before;
        try (BufferedReader earlier = before.inputReader()) {
            long foreign = number(earlier.readLine());
            assertThat(foreign).isNotEqualTo(own);

            try (Product.Running running = product.start("run", "x:latest", "-o", "json")) {
                running.awaitOutput(packet(foreign, 44));
                running.awaitSign(packet(own, 142), () -> send(9));
                after = inOtherNetwork();
                try (BufferedReader later = after.inputReader()) {
                    running.awaitOutput(packet(number(later.readLine()), 44));
                }
            }
        } finally {
            before.destroyForcibly();
            after.destroyForcibly();
        }
    }

    /** A process with a network of its own that tells its name and then sends packets of 44 bytes. */
    private static Process inOtherNetwork() throws IOException {
        String script =
                "ip link set lo up; readlink /proc/self/ns/net; while :; do echo x >/dev/udp/127.0.0.1/9; sleep 0.1; done";
        return new ProcessBuilder("unshare", "-n", "bash", "-c", script).start();
    }

    private static long number(String namespace) {
        return Long.parseLong(namespace.replaceAll("[^0-9]", ""));
    }

    private static String packet(long network, int length) {
        return ":" + Long.toUnsignedString((network << 32) + length) + "}";
    }

    @Test
    void shouldSeePacketsOfAnInterface() throws Exception {
        build("""
                SEC("classifier/ingress/in")
                int arriving(struct __sk_buff *ctx) { tell(ctx, (ctx->cb[0] != 0) * 1000 + ctx->len); return -1; }
                SEC("classifier/egress/out")
                int leaving(struct __sk_buff *ctx) { tell(ctx, (ctx->cb[0] != 0) * 2000 + ctx->len); return -1; }
                """);

        try (Product.Running running = product.start("run", "x:latest", "-o", "json", "--iface", "lo")) {
            running.awaitSign("{\"seen\":1142}", () -> send(9));
            running.awaitSign("{\"seen\":2142}", () -> send(9));
            assertThat(running.interrupt().exitCode()).isZero();
        }
        assertThat(product.runAll(List.of("tc", "filter", "show", "dev", "lo", "ingress"))
                        .out())
                .isEmpty();
    }

    @Test
    void shouldSayWhichInterfacesThereAre() throws Exception {
        build("""
                SEC("classifier/ingress/in")
                int arriving(struct __sk_buff *ctx) { return tell(ctx, 1) - 1; }
                """);

        Finished wrong = product.run("run", "x:latest", "--iface", "lo9", "-t", "1");
        Finished none = product.run("run", "x:latest", "-t", "1");

        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err())
                .containsPattern(
                        "attaching eBPF program \"arriving\": there is no network interface \"lo9\", only .*lo");
        assertThat(none.err()).contains("choose a network interface with --iface");
    }

    @Test
    void shouldSeeWhatArrivesFirst() throws Exception {
        build("""
                SEC("xdp")
                int first(struct xdp_md *ctx) { tell(ctx, ctx->data_end - ctx->data + 5000); return 2; }
                """);

        Finished finished = runUntil("5142", () -> send(9), "--iface", "lo");

        assertThat(finished.exitCode()).as(finished.err()).isZero();
    }

    @Test
    void shouldRuleOverTheSocketsOfAMap() throws Exception {
        build("""
                struct {
                	__uint(type, BPF_MAP_TYPE_SOCKHASH);
                	__uint(max_entries, 1024);
                	__type(key, __u64);
                	__type(value, __u64);
                } sockets SEC(".maps");

                SEC("sockops")
                int collect(struct bpf_sock_ops *ctx)
                {
                	__u64 key = bpf_get_socket_cookie(ctx);

                	if (ctx->op == BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB)
                		bpf_sock_hash_update(ctx, &sockets, &key, BPF_ANY);
                	return 1;
                }

                SEC("sk_msg")
                int message(struct sk_msg_md *ctx) { tell(ctx, ctx->size + 7000); return SK_PASS; }
                GADGET_SK_TARGET_MAP(message, sockets);
                """);

        Finished finished = runUntil("7001", HooksTest::connect);

        assertThat(finished.exitCode()).as(finished.err()).isZero();
    }

    @Test
    void shouldNotAttachWhatIsDisabled() throws Exception {
        build("""
                SEC("raw_tp/gadget_program_disabled")
                int never(void *ctx) { return tell(ctx, 1); }
                SEC("?raw_tp/sys_enter")
                int always(void *ctx) { return tell(ctx, 2); }
                """);

        Finished finished = runUntil("2", () -> {});

        assertThat(finished.out()).doesNotContain("{\"seen\":1}");
    }

    @Test
    void shouldNameTheSectionThatItDoesNotKnow() throws Exception {
        build("""
                SEC("kprobes/do_sys_open")
                int on(void *ctx) { return tell(ctx, 1); }
                """);

        Finished finished = product.run("run", "x:latest", "-t", "1");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err()).contains("\"kprobes/do_sys_open\"").contains("UnspecifiedProgram");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tracepoint/syscalls/sys_enter_opnat | this kernel has no tracepoint syscalls/sys_enter_opnat (nearest: syscalls/sys_enter_openat)",
                "raw_tp/sched_swich | this kernel has none (nearest: sched_switch)",
                "tp_btf/sched_swich | this kernel has no tracepoint \"sched_swich\" (no btf_trace_sched_swich in its BTF) (nearest: sched_switch)",
                "fentry/vfs_raed | (nearest: vfs_read)",
                "lsm/file_opne | (nearest: file_open)",
                "uprobe/libc:mallc | has no function mallc (nearest: malloc)",
                "usdt/libc:x | invalid USDT section name: \"libc:x\"",
                "kprobe/vfs_read+x | invalid offset \"x\" in \"vfs_read+x\""
            })
    void shouldNameTheNearestTarget(String section, String message) throws Exception {
        build("SEC(\"" + section + "\") int on(void *ctx) { return 0; }");

        Finished finished = product.run("run", "x:latest", "-t", "1");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err()).contains(message);
        assertThat(finished.err().lines().filter(line -> !line.startsWith("time=")))
                .hasSize(1);
    }

    @Test
    void shouldRunAtWritableTracepoints() throws Exception {
        build("""
                SEC("raw_tp.w/bpf_test_finish")
                int finished(struct bpf_raw_tracepoint_args *ctx) { return tell(ctx, 77); }
                """);
        Requirement.check(Machine.hasCommand("bpftool"), "no bpftool");

        Finished finished = runUntil("77", HooksTest::testAProgram);

        assertThat(finished.exitCode()).as(finished.err()).isZero();
    }

    /** Has the kernel run a socket filter with a packet of nothing ({@code BPF_PROG_TEST_RUN}). */
    private static void testAProgram() {
        byte[] code = new Assembler()
                .add(Instructions.arithmeticImmediate(Opcode.MOV, 0, 0))
                .add(Instructions.exit())
                .assemble()
                .array();
        ProgramDefinition definition =
                ProgramDefinition.of("jig_test", ProgramType.SOCKET_FILTER.number(), code, "GPL");
        try (BpfProgram program = BpfProgram.load(definition);
                Arena arena = Arena.ofConfined()) {
            BpfAttribute attribute = new BpfAttribute(arena)
                    .u32(0, program.descriptor().number())
                    .u32(8, 64)
                    .u64(16, arena.allocate(64).address());
            BpfCommand.BPF_PROG_TEST_RUN.call(attribute, "jig_test");
        }
    }

    @Test
    void shouldTakeTheVariantThatPassesItsTest() throws Exception {
        build("""
                SEC("raw_tp/suspend_resume")
                int never(void *ctx) { return tell(ctx, 1); }
                GADGET_JOB(execs, never);
                GADGET_SELFTEST(execs, 50, exec);

                int sometimes(void *ctx) { return tell(ctx, 2); }
                GADGET_ALTERNATIVE(execs, 60, raw_tp, sched_process_exec, sometimes);
                GADGET_SELFTEST(execs, 60, exec);
                """);

        Finished finished = runUntil("2", () -> product.runAll(List.of("true")), "-v");

        assertThat(finished.err())
                .contains("rejected 50 raw_tp suspend_resume: ")
                .contains("did not run in self-test exec")
                .contains("chose 60 raw_tp sched_process_exec");
    }
}

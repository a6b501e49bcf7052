// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import dev.jig.testing.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gadgets about what happens to processes, against processes that this test starts. */
@HostTest
class ProcessGadgetsTest {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final long LIMIT = 30L << 20;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    private static long signalASleeper(String signal) throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + sleeper.pid())
                .start()
                .waitFor();
        sleeper.waitFor();
        return sleeper.pid();
    }

    @Test
    void shouldTellSignals() throws Exception {
        Finished finished;
        long sleeper;
        try (Product.Running running = product.start("run", "trace_signal", "-o", "json")) {
            running.awaitSign("SIGUSR2", () -> signalASleeper("USR2"));
            sleeper = signalASleeper("USR1");
            running.awaitOutput("\"tpid\":" + sleeper);
            finished = running.interrupt();
        }
        JsonNode event = Events.with(
                        Events.with(Events.parseLines(finished.out()), "tpid", String.valueOf(sleeper)),
                        "sig",
                        "SIGUSR1")
                .getFirst();

        assertThat(field(event, "sig_raw").asInt()).isEqualTo(10);
        assertThat(field(event, "error").asText()).isEmpty();
        assertThat(field(event, "proc.comm").asText()).isEqualTo("sh");
        Catalogue.checkFields("trace_signal", event);
        Catalogue.checkParams(product, "trace_signal");
    }

    @Test
    void shouldTellCallsThatFail() throws Exception {
        String command = "kill -TERM 4194304 2>/dev/null; kill -0 $$";
        Finished finished;
        try (Product.Running running =
                product.start("run", "trace_signal", "-o", "json", "--kill-only", "--failed", "--signal", "15")) {
            running.awaitSign(
                    "SIGTERM",
                    () -> new ProcessBuilder("sh", "-c", command).start().waitFor());
            finished = running.interrupt();
        }

        assertThat(Events.parseLines(finished.out())).isNotEmpty().allSatisfy(event -> {
            assertThat(field(event, "error").asText()).isEqualTo("ESRCH");
            assertThat(field(event, "tpid").asLong()).isEqualTo(4194304);
            assertThat(field(event, "sig").asText()).isEqualTo("SIGTERM");
        });
    }

    /** A control group with 30 MB of memory, in whichever hierarchy has the controller. */
    private static Path limitedGroup() throws Exception {
        boolean unified = Files.exists(CGROUPS.resolve("cgroup.controllers"));
        Path group = Files.createDirectory((unified ? CGROUPS : CGROUPS.resolve("memory"))
                .resolve("jig-" + ProcessHandle.current().pid()));
        String file = unified ? "memory.max" : "memory.limit_in_bytes";
        Requirement.check(Files.exists(group.resolve(file)), "no control groups limit memory here");
        Files.writeString(group.resolve(file), String.valueOf(LIMIT));
        return group;
    }

    @Test
    void shouldTellWhoIsKilledForWantOfMemory() throws Exception {
        Path group = limitedGroup();
        Finished finished;
        try (Product.Running running = product.start("run", "trace_oomkill", "-o", "json")) {
            String script = "echo $$ > " + group.resolve("cgroup.procs") + "; exec tail /dev/zero";
            running.awaitSign(
                    "\"tcomm\":\"tail\"",
                    () -> new ProcessBuilder("sh", "-c", script).start().waitFor());
            finished = running.interrupt();
        } finally {
            Files.delete(group);
        }
        JsonNode event = Events.parseLines(finished.out()).getFirst();

        assertThat(field(event, "pages").asLong()).isEqualTo(LIMIT / 4096);
        assertThat(field(event, "tpid").asLong()).isPositive();
        assertThat(field(event, "fprocess.comm").asText()).isEqualTo("tail");
        assertThat(field(event, "tmntns_id").asLong())
                .isEqualTo(((Number) Files.getAttribute(Path.of("/proc/self/ns/mnt"), "unix:ino")).longValue());
        Catalogue.checkFields("trace_oomkill", event);
    }

    @Test
    void shouldTellHowBusyProcessesAre() throws Exception {
        Process busy = new ProcessBuilder("nice", "-n", "10", "sh", "-c", "while :; do :; done").start();
        Finished finished;
        try {
            finished = product.run("run", "top_process", "-o", "json", "--interval", "1s", "--count", "1");
        } finally {
            busy.destroyForcibly();
        }
        List<JsonNode> rows = Events.with(Events.elements(finished), "pid", String.valueOf(busy.pid()));

        assertThat(finished.exitCode()).isZero();
        assertThat(rows).hasSize(2);
        JsonNode last = rows.getLast();
        assertThat(field(last, "comm").asText()).isEqualTo("sh");
        assertThat(field(last, "nice").asInt()).isEqualTo(10);
        assertThat(field(last, "priority").asInt()).isEqualTo(30);
        assertThat(field(last, "ppid").asLong())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(field(last, "cpuUsage").asDouble()).isPositive().isLessThan(120);
        assertThat(field(last, "cpuTime").asLong()).isPositive();
        assertThat(field(last, "memoryRSS_raw").asLong()).isPositive();
        assertThat(field(last, "threadCount").asInt()).isEqualTo(1);
        Catalogue.checkFields("top_process", last);
        Catalogue.checkParams(product, "top_process");
    }

    @Test
    void shouldTellWhichGroupsHadToWait() throws Exception {
        Path hierarchy = Files.exists(CGROUPS.resolve("cgroup.controllers")) ? CGROUPS : CGROUPS.resolve("cpu");
        Path group = Files.createDirectory(
                hierarchy.resolve("jig-cpu-" + ProcessHandle.current().pid()));
        try {
            boolean unified = Files.exists(group.resolve("cpu.max"));
            Requirement.check(
                    unified || Files.exists(group.resolve("cpu.cfs_quota_us")),
                    "no control groups limit processor time here");
            Files.writeString(group.resolve(unified ? "cpu.max" : "cpu.cfs_quota_us"), "20000");
            String script = "echo $$ > " + group.resolve("cgroup.procs") + "; while :; do :; done";
            Process busy = new ProcessBuilder("sh", "-c", script).start();
            Finished finished;
            try {
                finished = product.run("run", "top_cpu_throttle", "-o", "json", "--interval", "1s", "--count", "1");
            } finally {
                busy.destroyForcibly().waitFor();
            }
            JsonNode row = Events.with(Events.elements(finished), "cgroupPath", "/" + group.getFileName())
                    .getLast();

            assertThat(field(row, "nrPeriods").asLong()).isBetween(1L, 30L);
            assertThat(field(row, "nrThrottled").asLong())
                    .isPositive()
                    .isLessThanOrEqualTo(field(row, "nrPeriods").asLong());
            assertThat(field(row, "throttledTime_raw").asLong()).isPositive();
            assertThat(field(row, "cpuQuota_raw").asLong()).isEqualTo(20_000_000);
            assertThat(field(row, "cpuPeriod_raw").asLong()).isEqualTo(100_000_000);
            assertThat(field(row, "cpuLimitCores").asDouble()).isEqualTo(0.2);
            Catalogue.checkFields("top_cpu_throttle", row);
            Catalogue.checkParams(product, "top_cpu_throttle");
        } finally {
            Files.delete(group);
        }
    }

    @Test
    void shouldTellHooksOfSecurityModulesOrWhyNot() throws Exception {
        Finished finished = product.run("run", "trace_lsm", "-t", "1");

        if (finished.exitCode() != 0) {
            assertThat(finished.err())
                    .contains("trace_lsm: this kernel refuses BPF LSM programs.")
                    .contains("--hooks lsm=emulate");
        }
        Catalogue.checkParams(product, "trace_lsm");
    }

    @Test
    void shouldImitateHooksOfSecurityModulesOnRequest() throws Exception {
        Finished finished;
        Path made = folder.resolve("made");
        try (Product.Running running = product.start(
                "run",
                "trace_lsm",
                "-o",
                "json",
                "--hooks",
                "lsm=emulate",
                "--trace-all=false",
                "--trace-inode_mkdir",
                "--trace-inode_rmdir",
                "--pid",
                String.valueOf(ProcessHandle.current().pid()))) {
            running.awaitSign("inode_rmdir", () -> Files.delete(Files.createDirectory(made)));
            finished = running.interrupt();
        }
        List<JsonNode> events = Events.parseLines(finished.out());

        assertThat(events)
                .extracting(event -> field(event, "tracepoint").asText())
                .containsOnly("inode_mkdir", "inode_rmdir");
        assertThat(Events.with(events, "tracepoint", "inode_mkdir")).isNotEmpty();
        Catalogue.checkFields("trace_lsm", events.getFirst());
    }
}

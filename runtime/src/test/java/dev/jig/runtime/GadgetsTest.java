// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import dev.jig.gadget.EventCount;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import dev.jig.operators.ebpf.Buffers;
import dev.jig.testing.HostTest;
import dev.jig.testing.Requirement;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example of the README, and what goes wrong for Java callers. */
@HostTest
class GadgetsTest {
    @TempDir
    private Path folder;

    private static Path distribution() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("gadgets"))) {
            at = Objects.requireNonNull(at.getParent(), "the tests do not run below the repository");
        }
        return at.resolve(".jig").resolve("dist");
    }

    @BeforeEach
    void needThePackagedGadgets() {
        Requirement.check(Files.isDirectory(distribution().resolve("images")), "no packaged gadgets: run ./test");
    }

    private Gadgets gadgets() {
        Locations locations = new Locations(
                Optional.of(distribution()), folder.resolve("store"), Optional.of(folder.resolve("cache")));
        return Gadgets.in(locations, Log.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHandOutTypedRecords(Buffers buffers) throws Exception {
        Path opened = Files.createFile(folder.resolve("opened by the test"));
        long pid = ProcessHandle.current().pid();
        Queue<String> names = new ConcurrentLinkedQueue<>();
        Queue<Long> pids = new ConcurrentLinkedQueue<>();

        Map<String, String> params = Map.of("operator.oci.ebpf.pid", Long.toString(pid));
        try (Gadget gadget = gadgets().using(buffers).open("trace_open", params)) {
            var name = gadget.dataSource("open").requireField("fname");
            var process = gadget.dataSource("open").requireField("proc.pid");
            gadget.subscribe("open", record -> {
                names.add(record.text(name));
                pids.add(record.number(process));
                if (record.text(name).equals(opened.toString())) {
                    gadget.stop();
                }
            });
            Thread opener = Thread.ofPlatform().start(() -> openUntilInterrupted(opened));
            gadget.run(Duration.ofSeconds(20));
            opener.interrupt();
            opener.join();

            assertThat(gadget.count("open").delivered()).isEqualTo(names.size());
        }

        assertThat(names).contains(opened.toString());
        assertThat(pids).containsOnly(pid);
    }

    private static void openUntilInterrupted(Path file) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Files.readString(file);
                Thread.sleep(50);
            }
        } catch (InterruptedException | java.io.IOException end) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverOrCountEachEvent(Buffers buffers) throws Exception {
        int calls = 100_000;
        long thread = Long.parseLong(Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString());
        Map<String, String> params =
                Map.of("operator.oci.ebpf.tid", Long.toString(thread), "operator.oci.ebpf.buffer-size", "4K");
        try (Gadget gadget = gadgets().using(buffers).open("trace_open", params);
                Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom("/no such file").address();
            CountDownLatch attached = new CountDownLatch(1);
            gadget.subscribe("open", record -> attached.countDown());
            Thread runner = Thread.ofPlatform().start(() -> gadget.run(Duration.ofSeconds(60)));
            do {
                Kernel.call(SystemCall.OPENAT, -1, name, 0);
            } while (!attached.await(10, TimeUnit.MILLISECONDS));
            long before = gadget.count("open").delivered();
            for (int i = 0; i < calls; i++) {
                Kernel.call(SystemCall.OPENAT, -1, name, 0);
            }
            gadget.stop();
            runner.join();

            EventCount count = gadget.count("open");
            assertThat(count.delivered() + count.lost() - before).isBetween((long) calls, calls + 1L);
            assertThat(count.lost()).isPositive();
        }
    }

    @Test
    void shouldNameAGadgetThatDoesNotExist() {
        assertThatThrownBy(() -> gadgets().open("trace_nothing", Map.of()))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("ghcr.io/inspektor-gadget/gadget/trace_nothing:latest")
                .hasMessageContaining("not found");
    }

    @Test
    void shouldNameADataSourceThatDoesNotExist() {
        try (Gadget gadget = gadgets().open("trace_open", Map.of())) {
            assertThatThrownBy(() -> gadget.dataSource("closed"))
                    .isInstanceOf(GadgetException.class)
                    .hasMessage("the gadget has no data source \"closed\"");
        }
    }
}

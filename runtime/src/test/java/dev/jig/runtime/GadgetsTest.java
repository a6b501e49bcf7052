// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import dev.jig.testing.HostTest;
import dev.jig.testing.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void shouldHandOutTypedRecords() throws Exception {
        Path opened = Files.createFile(folder.resolve("opened by the test"));
        long pid = ProcessHandle.current().pid();
        Queue<String> names = new ConcurrentLinkedQueue<>();
        Queue<Long> pids = new ConcurrentLinkedQueue<>();

        try (Gadget gadget = gadgets().open("trace_open", Map.of("operator.oci.ebpf.pid", Long.toString(pid)))) {
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

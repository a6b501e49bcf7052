// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import dev.jig.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines whose kernel does not show its types, or where tracefs is not mounted; private mount namespaces make this machine one of them. */
@HostTest
class HiddenKernelFilesTest {
    private static final String WITHOUT_TRACEFS =
            "umount -l /sys/kernel/tracing 2>/dev/null; umount -l /sys/kernel/debug 2>/dev/null; test ! -e /sys/kernel/tracing/events || exit 77; ";

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        Requirement.check(Machine.hasCommand("unshare") && Machine.hasCommand("setpriv"), "no util-linux");
        product = Product.in(folder);
    }

    /** Runs the program where the mounts were changed as a shell says, without the capabilities to change more if wanted. */
    private Finished runHidden(String change, String prefix, String words) {
        String command = change + prefix + Machine.sourceTree().resolve("ig") + " " + words;
        return product.runAll(List.of("unshare", "--mount", "sh", "-c", command));
    }

    @Test
    void shouldSayThatTheKernelDoesNotTellItsTypes() {
        Finished finished = runHidden("mount -t tmpfs none /sys/kernel/btf && ", "", "run trace_open -t 1");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out()).isEmpty();
        assertThat(finished.err().lines().filter(line -> line.startsWith("Error: ")))
                .containsExactly("Error: starting operators: starting operator \"oci\": no /sys/kernel/btf/vmlinux, by"
                        + " which programs are fitted to the kernel: it needs to be built with CONFIG_DEBUG_INFO_BTF (in"
                        + " a container, the host's /sys/kernel/btf must be visible)");
    }

    @Test
    void shouldRunWhereTracefsIsNotMounted() {
        Finished finished = runHidden(WITHOUT_TRACEFS, "", "run trace_open -t 1 -o json");

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.err()).contains("events delivered, 0 lost").doesNotContain("tracefs");
    }

    @Test
    void shouldSayHowToMountTracefsWhereItMayNotDoSoItself() {
        String withoutRights = "setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin ";
        Finished finished = runHidden(WITHOUT_TRACEFS, withoutRights, "run trace_open -t 1");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err())
                .contains(
                        "attaching eBPF program \"ig_open_x\": tracefs is not mounted and a private mount failed (fsopen"
                                + " tracefs: EPERM); as root: mount -t tracefs tracefs /sys/kernel/tracing");
    }
}
